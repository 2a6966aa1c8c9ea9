// What the official JavaScript client must find at the HTTP API of ActorPlane, scenario by scenario.
//   node scenarios.mjs URL
// Prints one JSON object a line for each scenario: {"scenario": NAME, "error": TEXT or null}. Exit code 0 when all were run.
import assert from 'node:assert/strict';
import net from 'node:net';
import { PassThrough } from 'node:stream';
import * as k8s from '@kubernetes/client-node';

/** More changes than the server under test keeps for watches that begin in the past. */
const WINDOW = Number(process.env.WINDOW_EVENTS ?? 300);

/** Nothing here takes long, unless the machine is busy or something is broken. */
const PATIENCE_MS = 60_000;

const configFor = (url) => {
  const config = new k8s.KubeConfig();
  config.loadFromClusterAndUser({ name: 'actorplane', server: url, skipTLSVerify: true }, { name: 'admin' });
  return config;
};

const url = process.argv[2];
const config = configFor(url);
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);

async function until(what, condition) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await condition();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The Status of a refusal. */
async function refused(call) {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof k8s.ApiException, `${error}`);
    const status = typeof error.body === 'string' ? JSON.parse(error.body) : error.body;
    assert.equal(status.kind, 'Status');
    assert.equal(status.status, 'Failure');
    assert.equal(status.code, error.code);
    return status;
  }
  throw new Error('the server did not refuse');
}

async function namespace(name) {
  await core.createNamespace({ body: { metadata: { name } } });
  return name;
}

const configMap = (name, data = {}, labels = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels }, data });

/** Follows the ConfigMaps of a namespace, and remembers what it was told. */
function follow(through, space, list) {
  const told = [];
  const informer = k8s.makeInformer(configFor(through), `/api/v1/namespaces/${space}/configmaps`, list ?? (() => core.listNamespacedConfigMap({ namespace: space })));
  informer.on('add', (item) => told.push(`add ${item.metadata.name}`));
  informer.on('update', (item) => told.push(`update ${item.metadata.name} ${item.data?.v}`));
  informer.on('delete', (item) => told.push(`delete ${item.metadata.name}`));
  return { informer, told };
}

/** A TCP hop to the server whose connections can be cut. */
async function cable() {
  const sockets = new Set();
  const { hostname, port } = new URL(url);
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => { sockets.delete(from); to.destroy(); });
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close() { this.cut(); server.close(); },
  };
}

const scenarios = {
  async 'an informer is told of additions, changes and deletions'() {
    const space = await namespace('node-informer');
    const { informer, told } = follow(url, space);
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('before') });
    await informer.start();
    assert.ok(informer.get('before', space));
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('a', { v: '1' }) });
    await core.replaceNamespacedConfigMap({ namespace: space, name: 'a', body: configMap('a', { v: '2' }) });
    await core.deleteNamespacedConfigMap({ namespace: space, name: 'a' });
    await until('the deletion is told', () => told.includes('delete a'));
    assert.deepEqual(told.filter((line) => / a( |$)/.test(line)), ['add a', 'update a 2', 'delete a']);
    assert.equal(informer.get('a', space), undefined);
    await informer.stop();
  },

  async 'an informer whose connection was cut goes on where it was'() {
    const space = await namespace('node-cut');
    const wire = await cable();
    let lists = 0;
    const { informer, told } = follow(wire.url, space, () => { lists++; return core.listNamespacedConfigMap({ namespace: space }); });
    let broken = 0;
    informer.on('error', () => broken++);
    await informer.start();
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('a') });
    await until('the addition is told', () => told.includes('add a'));
    wire.cut();
    await until('the cut is noticed', () => broken > 0);
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('b') });
    await informer.start();
    await until('what came meanwhile is told', () => told.includes('add b'));
    assert.equal(lists, 1);
    await informer.stop();
    wire.close();
  },

  async 'an informer that was away for too long gets 410 and lists again'() {
    const space = await namespace('node-expired');
    const wire = await cable();
    let lists = 0;
    const { informer, told } = follow(wire.url, space, () => { lists++; return core.listNamespacedConfigMap({ namespace: space }); });
    let broken = 0;
    informer.on('error', () => broken++);
    await informer.start();
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('a') });
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('goes') });
    await until('the additions are told', () => told.includes('add a') && told.includes('add goes'));
    wire.cut();
    await until('the cut is noticed', () => broken > 0);
    await core.deleteNamespacedConfigMap({ namespace: space, name: 'goes' });
    const patch = (v) => core.patchNamespacedConfigMap(
      { namespace: space, name: 'a', body: { data: { v: `${v}` } } }, k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.MergePatch));
    for (let v = 0; v < WINDOW + 10; v += 10) await Promise.all(Array.from({ length: 10 }, (_, i) => patch(v + i)));
    await patch('last');

    const events = [];
    const watch = new k8s.Watch(config);
    await new Promise((resolve) => watch.watch(
      `/api/v1/namespaces/${space}/configmaps`, { resourceVersion: informer.latestResourceVersion() }, (type, status) => events.push({ type, status }), resolve));
    assert.equal(events.length, 1);
    assert.equal(events[0].type, 'ERROR');
    assert.deepEqual([events[0].status.kind, events[0].status.code, events[0].status.reason], ['Status', 410, 'Expired']);

    await informer.start();
    await until('the informer has caught up', () => informer.get('a', space)?.data?.v === 'last' && !informer.get('goes', space));
    assert.equal(lists, 2);
    assert.ok(told.includes('delete goes'));
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('c') });
    await until('it watches again', () => told.includes('add c'));
    await informer.stop();
    wire.close();
  },

  async 'a list can be paged and filtered'() {
    const space = await namespace('node-list');
    for (const name of ['a', 'b', 'c']) await core.createNamespacedConfigMap({ namespace: space, body: configMap(name, {}, { kind: name === 'b' ? 'x' : 'y' }) });
    const names = (list) => list.items.map((item) => item.metadata.name).filter((name) => name !== 'kube-root-ca.crt');
    assert.deepEqual(names(await core.listNamespacedConfigMap({ namespace: space, labelSelector: 'kind=x' })), ['b']);
    assert.deepEqual(names(await core.listNamespacedConfigMap({ namespace: space, fieldSelector: 'metadata.name=c' })), ['c']);
    const pages = [];
    let _continue;
    do {
      const page = await core.listNamespacedConfigMap({ namespace: space, limit: 1, _continue });
      pages.push(...names(page));
      assert.ok(page.items.length <= 1);
      _continue = page.metadata._continue;
    } while (_continue);
    assert.deepEqual(pages, ['a', 'b', 'c']);
  },

  async 'an object is created, read, replaced and deleted, with its types'() {
    const space = await namespace('node-crud');
    const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } };
    const made = await apps.createNamespacedDeployment({
      namespace: space, body: { metadata: { name: 'web' }, spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template } },
    });
    assert.ok(made.metadata.creationTimestamp instanceof Date);
    assert.equal(made.spec.strategy.rollingUpdate.maxSurge, '25%');
    await until('the deployment is available', async () => (await apps.readNamespacedDeployment({ namespace: space, name: 'web' })).status.availableReplicas === 2);
    const scale = await apps.readNamespacedDeploymentScale({ namespace: space, name: 'web' });
    assert.equal(scale.status.replicas, 2);
    scale.spec.replicas = 1;
    await apps.replaceNamespacedDeploymentScale({ namespace: space, name: 'web', body: scale });
    await until('one pod is left', async () => (await core.listNamespacedPod({ namespace: space })).items.length === 1);
    await apps.deleteNamespacedDeployment({ namespace: space, name: 'web', propagationPolicy: 'Foreground' });
    await until('the deployment is gone', async () => (await apps.listNamespacedDeployment({ namespace: space })).items.length === 0);
    assert.equal((await core.listNamespacedPod({ namespace: space })).items.length, 0);
    assert.equal((await refused(() => apps.readNamespacedDeployment({ namespace: space, name: 'web' }))).reason, 'NotFound');
  },

  async 'an object is patched in all four ways'() {
    const space = await namespace('node-patch');
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('p', { a: '1', b: '2' }) });
    const patch = (body, strategy, more = {}) => core.patchNamespacedConfigMap({ namespace: space, name: 'p', body, ...more }, k8s.setHeaderOptions('Content-Type', strategy));
    await patch([{ op: 'replace', path: '/data/a', value: '3' }], k8s.PatchStrategy.JsonPatch);
    await patch({ data: { b: null } }, k8s.PatchStrategy.MergePatch);
    await patch({ metadata: { labels: { l: 'm' } } }, k8s.PatchStrategy.StrategicMergePatch);
    const applied = await patch(configMap('p', { c: '4' }), k8s.PatchStrategy.ServerSideApply, { fieldManager: 'tester' });
    assert.deepEqual(applied.data, { a: '3', c: '4' });
    assert.deepEqual(applied.metadata.labels, { l: 'm' });
    assert.equal((await refused(() => patch([{ op: 'test', path: '/data/a', value: 'no' }], k8s.PatchStrategy.JsonPatch))).code, 422);
  },

  async 'two appliers on the server side meet a conflict, and force decides it'() {
    const space = await namespace('node-apply');
    const apply = (value, manager, force) => objects.patch(
      { ...configMap('s', { a: value }), metadata: { name: 's', namespace: space } }, undefined, undefined, manager, force, k8s.PatchStrategy.ServerSideApply);
    const first = await apply('1', 'one', undefined);
    assert.deepEqual(first.metadata.managedFields.map((entry) => [entry.manager, entry.operation]), [['one', 'Apply']]);
    const conflict = await refused(() => apply('2', 'two', undefined));
    assert.equal(conflict.reason, 'Conflict');
    assert.deepEqual(conflict.details.causes.map((cause) => [cause.reason, cause.field]), [['FieldManagerConflict', '.data.a']]);
    const forced = await apply('2', 'two', true);
    assert.equal(forced.data.a, '2');
    assert.deepEqual(forced.metadata.managedFields.map((entry) => entry.manager), ['two']);
  },

  async 'a log is read and followed to its end'() {
    const space = await namespace('node-log');
    await core.createNamespacedPod({ namespace: space, body: { metadata: { name: 'p' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } } });
    await until('the pod runs', async () => (await core.readNamespacedPod({ namespace: space, name: 'p' })).status.phase === 'Running');
    assert.match(await core.readNamespacedPodLog({ namespace: space, name: 'p' }), /container c of nginx started/);
    const sink = new PassThrough();
    let text = '';
    sink.on('data', (chunk) => { text += chunk; });
    const ended = new Promise((resolve) => sink.on('end', resolve));
    await new k8s.Log(config).log(space, 'p', 'c', sink, { follow: true });
    await until('the first line is there', () => text.includes('started'));
    await core.deleteNamespacedPod({ namespace: space, name: 'p' });
    await ended;
  },

  async 'refusals are Statuses with their reasons'() {
    const space = await namespace('node-errors');
    assert.equal((await refused(() => core.readNamespacedConfigMap({ namespace: space, name: 'no' }))).message, 'configmaps "no" not found');
    await core.createNamespacedConfigMap({ namespace: space, body: configMap('c') });
    const twice = await refused(() => core.createNamespacedConfigMap({ namespace: space, body: configMap('c') }));
    assert.deepEqual([twice.code, twice.reason, twice.message], [409, 'AlreadyExists', 'configmaps "c" already exists']);
    const invalid = await refused(() => core.createNamespacedPod({ namespace: space, body: { metadata: { name: 'p' }, spec: { containers: [] } } }));
    assert.deepEqual([invalid.code, invalid.reason, invalid.details.causes[0].field], [422, 'Invalid', 'spec.containers']);
    const stale = await core.readNamespacedConfigMap({ namespace: space, name: 'c' });
    await core.replaceNamespacedConfigMap({ namespace: space, name: 'c', body: { ...stale, data: { v: '1' } } });
    assert.equal((await refused(() => core.replaceNamespacedConfigMap({ namespace: space, name: 'c', body: { ...stale, data: { v: '2' } } }))).reason, 'Conflict');
  },
};

// What a scenario leaves open, such as an informer after a failed assertion, must not keep the process alive.
for (const [scenario, run] of Object.entries(scenarios)) {
  let error = null;
  try {
    await Promise.race([run(), new Promise((_, reject) => setTimeout(() => reject(new Error('the scenario did not end')), 2 * PATIENCE_MS).unref())]);
  } catch (e) {
    error = e.stack ?? `${e}`;
  }
  console.log(JSON.stringify({ scenario, error }));
}
process.exit(0);
