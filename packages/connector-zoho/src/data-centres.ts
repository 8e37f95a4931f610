/** An organisation lives in one of them, and so do its clients and tokens. The API's host comes with each token. */
const accountsServers = {
  us: "https://accounts.zoho.com",
  eu: "https://accounts.zoho.eu",
  in: "https://accounts.zoho.in",
  cn: "https://accounts.zoho.com.cn",
  au: "https://accounts.zoho.com.au",
  jp: "https://accounts.zoho.jp",
  ca: "https://accounts.zohocloud.ca",
  sa: "https://accounts.zoho.sa",
  uk: "https://accounts.zoho.uk",
} as const;

export type DataCentre = keyof typeof accountsServers;

export const dataCentreNames = Object.keys(accountsServers) as [DataCentre, ...DataCentre[]];

export function accountsServerOf(dataCentre: DataCentre): string {
  return accountsServers[dataCentre];
}

/** The `api_domain` of a token is production's; the other environments stand beside it. */
export function apiUrlOf(apiDomain: string, environment: "production" | "sandbox" | "developer"): string {
  if (environment === "production") return apiDomain;
  const url = new URL(apiDomain);
  url.host = `${environment}.${url.host.replace(/^www\./, "")}`;
  return url.origin;
}
