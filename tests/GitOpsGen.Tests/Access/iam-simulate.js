// Answers a batch of requests with @cloud-copilot/iam-simulate: policies and requests on standard input, one answer each on standard
// output. A test-time oracle; nothing that ships knows it.
const { runSimulation } = require('@cloud-copilot/iam-simulate');
const { policies, requests } = JSON.parse(require('fs').readFileSync(0, 'utf8'));

async function answer(request) {
  const simulation = {
    request: {
      principal: request.principal,
      action: request.action,
      resource: { resource: request.resource, accountId: request.resourceAccount },
      contextVariables: request.context,
    },
    identityPolicies: request.identity.map(index => ({ name: `p${index}`, policy: policies[index] })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
  if (request.attached !== null) simulation.resourcePolicy = policies[request.attached];
  const result = await runSimulation(simulation, {});
  return result.resultType === 'error'
    ? `error ${JSON.stringify(result.errors)}`
    : result.resultType === 'single' ? result.overallResult : `wildcard ${result.overallResult}`;
}

(async () => {
  const answers = [];
  for (const request of requests) answers.push(await answer(request));
  console.log(JSON.stringify(answers));
})();
