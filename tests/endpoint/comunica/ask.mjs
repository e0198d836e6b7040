// Asks the endpoint as Comunica does: it reads the service description first, then sends the query.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query, type] = process.argv.slice(2);
const source = type === "auto" ? endpoint : { type, value: endpoint };
const bindings = await new QueryEngine().queryBindings(query, { sources: [source] });
for (const row of await bindings.toArray()) {
  console.log(JSON.stringify(Object.fromEntries([...row].map(([name, term]) => [name.value, term.value]))));
}
