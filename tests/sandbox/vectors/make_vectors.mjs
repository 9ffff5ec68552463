// Makes oauth_vectors.json: requests signed by two signers that are not ours.
//
// Run in a folder where `npm install oauth-1.0a@2.2.6 oauth-signature@1.5.0` was done:
//     node make_vectors.mjs > oauth_vectors.json
import crypto from "node:crypto";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const OAuth = require("oauth-1.0a");
const oauthSignature = require("oauth-signature");

const key = "SANDBOXK";
const secret = "SANDBOX0SECRET0FOR0TRYING";
const host = "http://sandbox.example/developerapi/";
const merchant = "4d00cd2b-28e8-4950-b8b9-2ecf50e44933";
const login = { MerchantId: merchant, username: "layla@sandbox.example", password: "counter-1" };
// Without a form, then with one, as each signer comes: both sign the fields.
const requests = [
  ["GET", `${host}Store/Information/${merchant}`],
  ["POST", `${host}Customer/GetAccessToken/${merchant}`],
  ["GET", `${host}Carts/cart/${merchant}?promotionDetails=true`],
  ["GET", `${host}ProductAutoComplete/${merchant}/garlic%20bread/5/27299`],
  ["POST", `${host}Customer/${merchant}/AgentLogin`, login],
  ["POST", `${host}Product/${merchant}/Search`, { InputFormat: "application/json", InputData: '{"keyword": "garlic bread", "note": "a&b=é*~\'()!+"}' }],
];

const parametersOf = (number) => ({
  oauth_consumer_key: key,
  oauth_nonce: `vector${number}`,
  oauth_signature_method: "HMAC-SHA1",
  oauth_timestamp: "1800000000",
  oauth_version: "1.0",
});

const byOAuth10a = ([method, url, data], number) => {
  const oauth = new OAuth({
    consumer: { key, secret },
    signature_method: "HMAC-SHA1",
    hash_function: (base, signingKey) => crypto.createHmac("sha1", signingKey).update(base).digest("base64"),
  });
  const parameters = parametersOf(number);
  return { ...parameters, oauth_signature: oauth.getSignature({ method, url, data }, undefined, parameters) };
};

const byOauthSignature = ([method, url, form], number) => {
  const parameters = parametersOf(number);
  const [bare, query] = url.split("?");
  const all = { ...parameters, ...Object.fromEntries(new URLSearchParams(query)), ...form };
  const signature = oauthSignature.generate(method, bare, all, secret, "", { encodeSignature: false });
  return { ...parameters, oauth_signature: signature };
};

const vectors = [];
for (const [signer, sign] of [["oauth-1.0a", byOAuth10a], ["oauth-signature", byOauthSignature]]) {
  for (const request of requests) {
    const [method, url, form] = request;
    vectors.push({ signer, method, url, form, parameters: sign(request, vectors.length) });
  }
}
console.log(JSON.stringify(vectors, null, 1));
