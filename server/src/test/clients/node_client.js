// Connects with node-postgres and prints one JSON line for each thing tried.
// Arguments: host port database user purpose table text-column key-column; the password comes from PGPASSWORD.
const { Client, Pool } = require('pg');

const [host, port, database, user, purpose, table, column, key] = process.argv.slice(2);
const settings = {
  host,
  port: Number(port),
  database,
  user,
  password: process.env.PGPASSWORD,
  options: `-c remit.purpose=${purpose}`,
  ssl: process.env.PGSSLMODE === 'require' ? { rejectUnauthorized: false } : undefined,
};
const say = (name, value) => console.log(JSON.stringify({ [name]: value }));

async function main() {
  const client = new Client(settings);
  await client.connect();
  say('simple', (await client.query(`select count(*)::int as n from ${table}`)).rows);
  const byKey = `select ${column} from ${table} where ${key} = $1 order by 1`;
  say('parameter', (await client.query(byKey, [3])).rows);
  for (let i = 0; i < 3; i++) {
    await client.query({ name: 'by-key', text: byKey, values: [i] });
  }
  say('named', (await client.query({ name: 'by-key', text: byKey, values: [3] })).rows);
  say('array_mode', (await client.query({ text: byKey, values: [3], rowMode: 'array' })).rows);
  for (const text of [`update ${table} set ${column} = null`, 'select * from no_such_table', 'selec 1']) {
    await client.query(text).catch((error) => say('refused', error.code));
  }
  await client.query('begin');
  await client.query('select * from no_such_table').catch((error) => say('in_transaction', error.code));
  await client.query('select 1').catch((error) => say('failed_transaction', error.code));
  await client.query('rollback');
  say('after', (await client.query('select 1 as one')).rows);
  await client.end();

  const pool = new Pool({ ...settings, max: 4 });
  const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((i) => pool.query(byKey, [i])));
  say('pool', answers.map((answer) => answer.rowCount));
  await pool.end();
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
