/**
 * The paper's tables as data.
 *
 * @module
 */
export { imagenet, type PaperRow, presentedMethod } from "./imagenet.ts";
export {
  denseTables,
  type ProtocolTable,
  protocolTables,
  type TableName,
  tableNames,
} from "./protocol_tables.ts";
export { type PublishedRow, type SourceName, sources } from "./published.ts";
