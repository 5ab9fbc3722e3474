/** Runs once before the suite, in the main process; a function that it returns runs once after it. */
export default function setUpSuite(): void {
  const database = process.env.TEST_DATABASE_URL ? 'the server that TEST_DATABASE_URL names' : 'the embedded database';
  process.stderr.write(`the suite runs on ${database}\n`);
}
