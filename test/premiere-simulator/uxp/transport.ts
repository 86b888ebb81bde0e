/** What carries an HTTP request; a page that stands in for UXP puts another in its place, since browsers ask for more than UXP. */
export const send = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);
