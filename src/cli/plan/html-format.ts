import { ClusterPlan, PlannedDeployment } from './cluster-plan';
import { markup, Markup } from './markup';
import {
  describeCluster, describeDeployment, describeEdits, describeNoPlan, describeOtherWay,
  describeRest, describeSaving, describeWay, DURATION_MODEL, findingsToTell,
} from './plan-words';
import { timeline } from './timeline';
import { Finding } from '../../engine/judgement/finding';
import { sayFinding } from '../../engine/judgement/verdict-text';

/** The plans as a page that needs nothing else: no script, no font, no picture from elsewhere. */
export function planHtml(plans: readonly ClusterPlan[], now: Date): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Upgrade plan</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<h1>Upgrade plan</h1>
<p class="note">As of ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. Solid bars: at least; light bars: at most; ${DURATION_MODEL}.</p>
${plans.map(sectionOf)}
</body>
</html>
`.text;
}

function sectionOf(plan: ClusterPlan): Markup {
  if (!('deployments' in plan)) return markup`<section><h2>${describeCluster(plan)}</h2><p>${describeNoPlan(plan)}</p></section>\n`;
  const [otherWay, saving] = [describeOtherWay(plan), describeSaving(plan)];
  return markup`<section>
<h2>${describeCluster(plan)}</h2>
<p>${describeWay(plan)}${saving ? `; ${saving}` : ''}</p>
${otherWay ? markup`<p>${otherWay}</p>` : ''}
${plan.open.length > 0 ? list(plan.open.map((question) => markup`open: ${question}`)) : ''}
${timeline(plan)}
${plan.deployments.map((deployment, index) => detailsOf(deployment, describeDeployment(plan, index)))}
</section>
`;
}

function detailsOf(deployment: PlannedDeployment, title: string): Markup {
  return markup`<h3>${title}</h3>
${list([
  ...describeEdits(deployment).map((line) => markup`${line}`), ...findingsToTell(deployment).map(findingItem),
  ...describeRest(deployment).map((line) => markup`${line}`),
])}
`;
}

function findingItem(finding: Finding): Markup {
  return markup`<strong class="${finding.severity}">${finding.severity}</strong> ${sayFinding(finding)}`;
}

function list(items: readonly Markup[]): Markup {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

const STYLE = `
:root { color-scheme: light dark; --bar: #2563eb; --light: #2563eb55; --grid: #8884; --bad: #dc2626; --warn: #b45309; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
.note { opacity: .75; }
svg { width: 100%; height: auto; margin: 1rem 0; }
svg text { font: 13px system-ui, sans-serif; fill: currentColor; }
svg .deployment { font-weight: 600; }
svg .tick, svg .unknown { font-size: 12px; opacity: .7; }
svg .tick { text-anchor: middle; }
svg line { stroke: var(--grid); }
svg .least { fill: var(--bar); }
svg .most { fill: var(--light); }
svg .control-plane { --bar: #7c3aed; --light: #7c3aed55; }
svg .add-on { --bar: #0d9488; --light: #0d948855; }
svg .refused .deployment, .error { fill: var(--bad); color: var(--bad); }
.warning { color: var(--warn); }
`;
