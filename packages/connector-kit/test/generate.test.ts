import { expect, it } from "vitest";
import { createRandom, type Random, randomAt } from "../src/testing/index.js";

const person = (random: Random): unknown => ({
  name: random.name(),
  email: random.email(),
  phone: random.phone(),
  street: random.street(),
  ...random.city(),
  born: random.date("1950-01-01", "2000-01-01").toISOString(),
  note: random.sentence(),
  badge: random.code(6),
  id: random.uuid(),
});

it("gives the same record for the same seed and index, whatever was asked before", () => {
  const first = person(randomAt(7, 123_456));
  person(randomAt(7, 1));
  expect(person(randomAt(7, 123_456))).toEqual(first);
  expect(person(randomAt(8, 123_456))).not.toEqual(first);
  expect(person(createRandom(7))).toEqual(person(createRandom(7)));
});

it("gives neighbours nothing in common: no two of 20,000 indices start alike", () => {
  const starts = new Set(
    Array.from({ length: 20_000 }, (_, index) => `${randomAt(1, index).next()} ${randomAt(1, index).integer(0, 2 ** 31)}`),
  );
  expect(starts.size).toBeGreaterThan(19_990);
});

it("spreads evenly, so that shares asked for are shares gotten", () => {
  const random = createRandom(3);
  const draws = Array.from({ length: 20_000 }, () => random.chance(0.25)).filter(Boolean).length;
  expect(draws / 20_000).toBeCloseTo(0.25, 1);
  const dice = new Set(Array.from({ length: 200 }, () => random.integer(1, 6)));
  expect([...dice].sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

it("invents people whom no mail and no call can reach", () => {
  const random = createRandom(11);
  for (let n = 0; n < 500; n += 1) {
    expect(random.email(n)).toMatch(new RegExp(`^[a-z]+\\.[a-z]+\\.${n}@([a-z]+\\.)?example\\.test$`));
    expect(random.phone()).toMatch(/^\+1[2-9][0-9]{2}55501[0-9]{2}$/);
    expect(random.city().zip).toMatch(/^[0-9]{5}$/);
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(() => random.pick([])).toThrow("list is empty");
});
