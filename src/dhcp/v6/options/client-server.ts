import type { Reader } from '../../reader.js';
import type { Writer } from '../../writer.js';
import { OPTION } from './code.js';
import {
  decodeClientId,
  decodeServerId,
  encodeDuidOption,
  type ClientIdOption,
  type ServerIdOption,
} from './duid.js';
import { decodeElapsedTime, encodeElapsedTime, type ElapsedTimeOption } from './elapsed-time.js';
import { decodeIaNa, encodeIaNa, type IaNaOption } from './ia/ia-na.js';
import { decodeIaPd, encodeIaPd, type IaPdOption } from './ia/ia-pd.js';
import { decodeOpaque, encodeOpaque, type OpaqueOption } from './opaque.js';
import { decodeOptionRequest, encodeOptionRequest, type OptionRequestOption } from './option-request.js';
import { decodePreference, encodePreference, type PreferenceOption } from './preference.js';
import { decodeRapidCommit, encodeRapidCommit, type RapidCommitOption } from './rapid-commit.js';
import { decodeStatusCode, encodeStatusCode, type StatusCodeOption } from './status-code.js';

/** The options of a message between client and server (RFC 8415 appendix B). */
export type ClientServerOption =
  | ClientIdOption
  | ServerIdOption
  | IaNaOption
  | IaPdOption
  | OptionRequestOption
  | PreferenceOption
  | ElapsedTimeOption
  | StatusCodeOption
  | RapidCommitOption
  | OpaqueOption;

const DECODERS = new Map<number, (data: Reader) => ClientServerOption>([
  [OPTION.clientId, decodeClientId],
  [OPTION.serverId, decodeServerId],
  [OPTION.iaNa, decodeIaNa],
  [OPTION.iaPd, decodeIaPd],
  [OPTION.optionRequest, decodeOptionRequest],
  [OPTION.preference, decodePreference],
  [OPTION.elapsedTime, decodeElapsedTime],
  [OPTION.statusCode, decodeStatusCode],
  [OPTION.rapidCommit, decodeRapidCommit],
]);

export function decodeClientServerOption(code: number, data: Reader): ClientServerOption {
  const decode = DECODERS.get(code);
  return decode === undefined ? decodeOpaque(code, data) : decode(data);
}

export function encodeClientServerOption(option: ClientServerOption, writer: Writer): void {
  switch (option.type) {
    case 'client-id':
    case 'server-id':
      encodeDuidOption(option, writer);
      break;
    case 'ia-na':
      encodeIaNa(option, writer);
      break;
    case 'ia-pd':
      encodeIaPd(option, writer);
      break;
    case 'option-request':
      encodeOptionRequest(option, writer);
      break;
    case 'preference':
      encodePreference(option, writer);
      break;
    case 'elapsed-time':
      encodeElapsedTime(option, writer);
      break;
    case 'status-code':
      encodeStatusCode(option, writer);
      break;
    case 'rapid-commit':
      encodeRapidCommit(writer);
      break;
    case 'opaque':
      encodeOpaque(option, writer);
      break;
  }
}
