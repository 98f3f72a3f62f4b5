/**
 * What binary formats have in common: the checksum of LevelDB, TensorFlow and TensorBoard.
 *
 * @module
 */
export { crc32c, maskedCrc32c } from "./crc32c.ts";
