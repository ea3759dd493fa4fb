export { callPublic, CallFailed, toCallFailed, type PublicCall } from './call-public.ts';
export { download, openDownload, type Download, type DownloadLimits, type OpenDownload } from './download.ts';
export { isPrivateAddress } from './private-addresses.ts';
