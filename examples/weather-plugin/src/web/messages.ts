/** Every text of the page. */
export const messages = {
  sky: { sun: 'Sunny', clouds: 'Cloudy', rain: 'Rain', snow: 'Snow' },
  range: (low: string, high: string) => `${low} to ${high}`,
  wind: (kmh: number) => `Wind ${kmh} km/h`,
  unreadable: 'This weather report can not be read.',
  title: 'Weather',
  place: 'Home',
  choosePlace: 'Choose a place',
  placeHelp: 'Used when you ask about the weather and name no place.',
  unit: 'Temperatures in',
  units: { celsius: '°C', fahrenheit: '°F' },
  save: 'Save',
  saved: 'Home saved',
  loadFailed: 'Your home could not be loaded',
} as const;
