export { batchCost, type BatchWork } from './batch';
export { CLOUD_PRICES, zCloudPrices, type CloudPrices } from './cloud';
export { ledgerOf, type Ledger, type LedgerRow } from './ledger';
export { costReport, partsOf, type CostWish } from './report';
export { sceneOf, standings, type TakeStanding } from './takes';
