/** A fact is not written over either: replacing a row asks no trigger that guards against removing one. */
export const factsOnce = `
CREATE TRIGGER facts_once BEFORE INSERT ON facts WHEN EXISTS (SELECT 1 FROM facts WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'facts are never written over'); END;
`;
