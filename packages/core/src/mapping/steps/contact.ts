import { domainToASCII } from "node:url";
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { z } from "zod";
import { CannotConvert } from "../cannot-convert.js";
import { remember } from "../remember.js";
import { kindOf, scalarText } from "../scalar-text.js";
import { defineTransform } from "../transform.js";

const region = z.custom<CountryCode>((value) => typeof value === "string" && isSupportedCountry(value), {
  error: "is no region: write a country's two capital letters, e.g. `US`",
});

const phone = defineTransform({
  name: "phone",
  takes: ["text", "integer"],
  gives: "text",
  argument: region.optional(),
  about:
    "A phone number in its international form, `+15125550123`; an extension is left out. Numbers without `+` are of the region given. Example: `{ phone: US }`",
  make: (country) => {
    const invalid = new CannotConvert(
      country === undefined
        ? "is not a valid phone number with `+` and country code; say whose numbers they are, e.g. `{ phone: US }`"
        : `is not a valid phone number (region ${country})`,
    );
    const international = remember((text) => {
      const number = parsePhoneNumberFromString(text, country);
      return number?.isValid() ? number.number : invalid;
    });
    return (value) => {
      const text = scalarText(value);
      if (text === undefined || typeof value === "boolean") return new CannotConvert(`is ${kindOf(value)}, not a phone number`);
      return text.trim() === "" ? null : international(text);
    };
  },
});

const notAnAddress = new CannotConvert("is not an e-mail address");

function emailAddress(text: string): unknown {
  const address = text.trim();
  if (address === "") return null;
  const at = address.lastIndexOf("@");
  if (address.length > 254 || at < 1) return notAnAddress;
  const domain = domainToASCII(address.slice(at + 1));
  const ascii = `${address.slice(0, at)}@${domain}`.toLowerCase();
  return z.regexes.email.test(ascii) ? ascii : notAnAddress;
}

const email = defineTransform({
  name: "email",
  takes: ["text"],
  gives: "text",
  about: "An e-mail address in lower case, a domain with accents in its ASCII form.",
  make: () => {
    const known = remember(emailAddress);
    return (value) => (typeof value === "string" ? known(value) : new CannotConvert(`is ${kindOf(value)}, not an e-mail address`));
  },
});

export const contactSteps = [phone, email];
