const list = (text: string): readonly string[] => text.split(" ");

export const given = list(
  "Ada Bela Cato Dorin Elva Fenn Greta Hale Ines Joss Kira Lorn Mira Nils Orla Pell Quin Rhea Soren Tova Una Vero Wynn Xena Yara Zeno Alba Bram Cleo Dax Edda Finn Gale Hollis Ivo Juno Kai Lark Mose Nell",
);

export const families = list(
  "Ashgrove Birchfield Cloverly Dunmarsh Elmhollow Fernwick Gladebrook Hazelton Ivywood Junipern Kestrelby Larchmont Mossgate Nettlecombe Oakenfall Pinecrest Quarrow Reedham Sedgeley Thistledown Umberlin Violant Willowby Yarrowfen Zephyrin Applegarth Brambleton Cedarholm Dockleaf Eglantine",
);

export const streets = list(
  "Acorn-Lane Birch-Road Cedar-Court Dogwood-Drive Elm-Street Fir-Avenue Gum-Tree-Way Hawthorn-Close Ironwood-Place Juniper-Row Larch-Terrace Maple-Walk Olive-Mews Poplar-Parade Rowan-Rise Spruce-Square",
).map((street) => street.replaceAll("-", " "));

/** Invented towns; the first three digits of a ZIP code, and a spot on land to scatter addresses around. */
export const cities = [
  { city: "Acornville", state: "UT", zip: "840", latitude: 40.7, longitude: -111.9 },
  { city: "Birchport", state: "FL", zip: "328", latitude: 28.5, longitude: -81.4 },
  { city: "Cedarmoor", state: "TX", zip: "750", latitude: 32.8, longitude: -97.1 },
  { city: "Dunfield", state: "OH", zip: "432", latitude: 40.0, longitude: -83.0 },
  { city: "Elmstead", state: "GA", zip: "303", latitude: 33.7, longitude: -84.4 },
  { city: "Fernmouth", state: "OR", zip: "972", latitude: 45.5, longitude: -122.6 },
  { city: "Glade Hollow", state: "CO", zip: "802", latitude: 39.7, longitude: -104.9 },
  { city: "Hazel Ferry", state: "NC", zip: "276", latitude: 35.8, longitude: -78.6 },
] as const;

export const domains = ["example.test", "mail.example.test", "home.example.test"] as const;

export const words = list(
  "roof gutter panel ladder shingle garden porch window crew visit quote signal corner morning owner neighbor invoice survey permit battery inverter repair storm estimate driveway fence call back after before wants asked left needs new old north south front side bright quick gentle",
);
