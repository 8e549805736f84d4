import { known } from '../../../../src/engine/state/known';
import { someWorkloads } from '../../workloads';
import { upgrade } from '../sample';

export const sample = upgrade({
  workloads: known(someWorkloads({
    kubeProxyMode: 'ipvs',
    ingressNginx: ['ingress-nginx/ingress-nginx-controller'],
    externalIpServices: ['shop/web'],
    nodes: [{ name: 'own-1', containerRuntime: 'containerd://1.7.27' }],
  })),
});
