/** What the demo's people, places and plants are called. */
export const FIRST_NAMES =
  `Ada Adam Agnes Aisha Alba Alejandro Alice Amara Amelie Amir Ana Anders Andrea Anna Anton Aria Arjun Astrid Ava
  Beatriz Ben Bianca Bjorn Bruno Camille Carla Carlos Caroline Chen Chiara Chloé Clara Claire Daan Daniel Daria David Diego
  Dina Edith Elena Eli Elif Ella Emil Emma Enzo Erik Esra Eva Farah Fatima Felix Femke Finn Fiona Florian Freya Gabriel
  George Giulia Grace Greta Gustav Hana Hanna Hassan Hector Helena Henry Hugo Ida Ines Ingrid Iris Isaac Isabel Ivan Jack Jakob
  James Jana Jasmin Javier Jonas José Julia Jun Kai Karim Katarina Kenji Kofi Lars Laura Layla Lea Leo Liam Lina Lotte Louis
  Lucas Lucía Luna Maja Malik Marco Maria Marta Mateo Maya Mei Mia Mila Mina Mohamed Nadia Naomi Nia Nikolai Nina Noah Noor
  Nora Olga Oliver Omar Oscar Pablo Paula Pedro Petra Priya Quinn Rafael Rania Ravi Rebecca Robin Rosa Ruth Sam Samira Sara
  Sebastian Selma Sofia Soren Stella Sven Tara Theo Thomas Tilda Tomas Uma Valentina Vera Victor Viola Wei Yara Yasmin Yuki
  Yusuf Zara Zoë`.split(/\s+/)

export const LAST_NAMES =
  `Abbott Adeyemi Aguilar Ahmed Alvarez Andersen Andersson Baker Barbosa Bauer Becker Bell Berg Bernard Bianchi
  Brandt Brennan Brooks Brown Campbell Cardoso Carter Castillo Chen Clarke Cohen Conti Costa Cruz Dahl Davies Diaz Dubois Edwards
  Eriksen Evans Fernández Ferrari Fischer Fontaine Foster Garcia Gomez Gonzales Grant Greene Gupta Haddad Hansen Hassan Hayes
  Hoffmann Holm Hughes Ibrahim Ito Ivanova Jansen Jensen Johansson Jones Kaya Keller Khan Kim Klein Kowalska Kumar Lang Larsen
  Laurent Lee Lehmann Lewis Lindqvist Lopez Lund Maier Marino Martin Martins Mendes Meyer Moreau Morgan Müller Murphy Nakamura
  Nguyen Nielsen Novak Nowak O'Brien Okafor Okoye Olsen Ortega Osei Park Patel Perez Peters Petrov Pham Quinn Ramos Rao Reed
  Richter Rivera Roberts Romano Rossi Russo Ryan Sato Schmidt Schneider Scott Sharma Silva Singh Smith Sørensen Suzuki
  Svensson Tanaka Taylor Torres Tran Turner Van-Dijk Vargas Visser Wagner Walker Wang Weber White Wilson Wolf Wong Wright
  Yamamoto Yilmaz Young Zhang Zimmermann`.split(/\s+/)

/** City and country, the larger customer bases first: the picks are skewed towards the beginning. */
export const CITIES: readonly (readonly [string, string])[] = [
  ['Amsterdam', 'NL'],
  ['Berlin', 'DE'],
  ['London', 'GB'],
  ['Paris', 'FR'],
  ['Copenhagen', 'DK'],
  ['Rotterdam', 'NL'],
  ['Hamburg', 'DE'],
  ['Madrid', 'ES'],
  ['Milan', 'IT'],
  ['Manchester', 'GB'],
  ['Vienna', 'AT'],
  ['Utrecht', 'NL'],
  ['Stockholm', 'SE'],
  ['Lyon', 'FR'],
  ['Lisbon', 'PT'],
  ['Antwerp', 'BE'],
  ['Munich', 'DE'],
  ['Dublin', 'IE'],
  ['Barcelona', 'ES'],
  ['Oslo', 'NO'],
  ['Zurich', 'CH'],
  ['Warsaw', 'PL'],
  ['Bristol', 'GB'],
  ['Helsinki', 'FI'],
]

export const COMPANIES =
  `Alder Bramble Canopy Clover Dune Ember Fern Grove Harbour Hazel Heron Juniper Kestrel Larch Linden Maple
  Meadow Moss Nettle Oak Orchard Pebble Pine Quarry Reed Ridge River Rowan Sage Sorrel Thistle Timber Vale Willow`.split(
    /\s+/,
  )
export const COMPANY_KINDS = [
  'Studio',
  'Hotels',
  'Coffee',
  'Coworking',
  'Clinics',
  'Architects',
  'Books',
  'Kitchen',
]
