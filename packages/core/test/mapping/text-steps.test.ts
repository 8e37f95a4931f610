import { describe, expect, it } from "vitest";
import { transformSignatures } from "../../src/mapping/index.js";
import { refusal, step } from "./step.js";

describe("steps on text", () => {
  it.each([
    ["trim", undefined, " \u00a0a b\n", "a b"],
    ["trim", undefined, 12, "12"],
    ["lower", undefined, "ÉMILE", "émile"],
    ["upper", undefined, "straße", "STRASSE"],
    ["title", undefined, "o'brien SMITH-jones", "O'Brien Smith-Jones"],
    ["title", undefined, "don't, i'll, d'angelo", "Don't, I'll, D'Angelo"],
    ["title", undefined, "5th avenue", "5th Avenue"],
    ["digits", undefined, "R-22 91/a", "2291"],
    ["digits", undefined, "n/a", ""],
    ["replace", { find: "$&", with: "$1" }, "a$&b$&", "a$1b$1"],
    ["replace", { find: ".", with: "" }, "1.2.3", "123"],
    ["truncate", 3, "abcd", "abc"],
    ["truncate", 3, "abc", "abc"],
    ["truncate", 2, "😀😀😀", "😀😀"],
    ["slug", undefined, "Café & Bar", "cafe-and-bar"],
    ["slug", undefined, " ", null],
    ["address", undefined, { street: "12 Main St", unit: "", city: "Austin", state: "TX", zip: 78701 }, "12 Main St, Austin, TX 78701"],
    ["address", undefined, "12 Main St,\r\n  Austin,  TX", "12 Main St, Austin, TX"],
  ])("%s (%j) makes of %j %j", (name, argument, value, expected) => {
    expect(step(name, argument)(value)).toBe(expected);
  });

  it.each([
    ["<p>Hi <b>you</b></p><p>a &lt; b &amp; c&nbsp;d</p>", "Hi you\n\na < b & c d"],
    ["one<br>two<br/>three", "one\ntwo\nthree"],
    ["<script>if (a<b) x()</script>seen<!-- not -->", "seen"],
    ['<a title="x > y" href=/>z</a>', "z"],
    ["a < b and c > d", "a < b and c > d"],
    ["5<6, <b>never closed", "5<6, never closed"],
    ["cut off <b", "cut off <b"],
    ["&#128512; &#xe9; &#xD800; &bogus; &constructor;", "😀 é &#xD800; &bogus; &constructor;"],
    ["<table><tr><td>a</td><td>b</td></tr></table>", "a b"],
  ])("strip_html takes the text out of %j", (html, text) => {
    expect(step("strip_html")(html)).toBe(text);
  });

  it("strip_html walks hostile input once, however long it is", () => {
    for (const part of ['<a "', "<a '<", "<", "<!--", "<script>", "<a b='\">", "&#"])
      expect(typeof step("strip_html")(part.repeat(200_000))).toBe("string");
  });

  it("refuses lists and objects by what they are, as a text of them would be nonsense", () => {
    expect(refusal(step("trim")(["a"]))).toBe("is a list, not text");
    expect(refusal(step("upper")({ a: 1 }))).toBe("is an object, not text");
    expect(refusal(step("slug")("张伟"))).toContain("no letter or digit");
    expect(refusal(step("address")({ colour: "red" }))).toContain("none of the usual parts");
  });
});

describe("steps on lists", () => {
  it.each([
    ["split", ",", "a, b,,c ", ["a", "b", "c"]],
    ["split", "|", "a", ["a"]],
    ["split", ",", " ", []],
    ["join", undefined, ["a", "", 1, null, true], "a, 1, true"],
    ["join", "; ", [], ""],
    ["join", "; ", "alone", "alone"],
    ["default", "n/a", " ", "n/a"],
    ["default", 0, null, 0],
    ["default", 0, undefined, 0],
    ["default", 5, 0, 0],
    ["default", true, false, false],
    ["default", "none", [], "none"],
  ])("%s (%j) makes of %j %j", (name, argument, value, expected) => {
    expect(step(name, argument)(value)).toEqual(expected);
  });

  it("join says how to get at members that are objects", () => {
    expect(refusal(step("join")([{ name: "a" }]))).toContain("from: list.field");
  });
});

describe("within", () => {
  const square = {
    type: "Polygon",
    coordinates: [
      [
        [14, 36],
        [15, 36],
        [15, 37],
        [14, 37],
        [14, 36],
      ],
      [
        [14.4, 36.4],
        [14.6, 36.4],
        [14.6, 36.6],
        [14.4, 36.6],
        [14.4, 36.4],
      ],
    ],
  };
  const far = {
    type: "Feature",
    geometry: {
      type: "MultiPolygon",
      coordinates: [
        [
          [
            [100, 0],
            [101, 0],
            [101, 1],
            [100, 0],
          ],
        ],
      ],
    },
    properties: {},
  };

  it.each([
    [{ lat: 36.1, lng: 14.1 }, true],
    [{ latitude: "36.1", longitude: "14.1" }, true],
    ["36.1, 14.1", true],
    [[14.1, 36.1], true],
    [{ type: "Point", coordinates: [14.1, 36.1] }, true],
    [{ lat: 36.5, lng: 14.5 }, false], // in the hole
    [{ lat: 14.1, lng: 36.1 }, false],
    ["", null],
  ])("finds whether %j lies in the area", (point, expected) => {
    expect(step("within", { area: square })(point)).toBe(expected);
  });

  it("takes an area of several shapes", () => {
    const both = { type: "FeatureCollection", features: [far, { type: "Feature", geometry: square }] };
    expect(step("within", { area: both })({ lat: 0.1, lng: 100.9 })).toBe(true);
    expect(step("within", { area: both })({ lat: 36.1, lng: 14.1 })).toBe(true);
    expect(step("within", { area: far })({ lat: 36.1, lng: 14.1 })).toBe(false);
  });

  it("refuses what is no point on earth, and an area that nobody loaded", () => {
    for (const bad of [{ lat: 91, lng: 0 }, { lat: Number.NaN, lng: 0 }, {}, [1], "1", "1,2,3", 5, { type: "Point" }])
      expect(refusal(step("within", { area: square })(bad))).toContain("is not a point");
    expect(refusal(step("within", { area: "areas/gozo.geojson" })({ lat: 1, lng: 1 }))).toContain("was not loaded");
  });

  it("takes only polygons for an area", () => {
    const { argument } = transformSignatures.within ?? {};
    expect(
      argument?.safeParse({
        area: {
          type: "LineString",
          coordinates: [
            [0, 0],
            [1, 1],
          ],
        },
      }).success,
    ).toBe(false);
    expect(argument?.safeParse({ area: square, colour: "red" }).success).toBe(false);
  });
});
