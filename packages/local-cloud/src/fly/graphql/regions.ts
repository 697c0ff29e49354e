/** A few of Fly's regions, under its names for them; the first is where requests are taken to come from. */
export const regions = [
  region('iad', 'Ashburn, Virginia (US)', [39.02, -77.54]),
  region('ams', 'Amsterdam, Netherlands', [52.37, 4.9]),
  region('fra', 'Frankfurt, Germany', [50.12, 8.69]),
  region('lhr', 'London, United Kingdom', [51.51, -0.13]),
  region('nrt', 'Tokyo, Japan', [35.62, 139.78]),
  region('sjc', 'San Jose, California (US)', [37.35, -121.96]),
  region('syd', 'Sydney, Australia', [-33.87, 151.21]),
] as const;

function region(code: string, name: string, [latitude, longitude]: readonly [number, number]) {
  return {
    code,
    name,
    latitude,
    longitude,
    gatewayAvailable: true,
    requiresPaidPlan: false,
    deprecated: false,
  };
}
