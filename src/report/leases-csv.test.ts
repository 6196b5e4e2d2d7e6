import { expect, it } from 'vitest';
import { prefix, SyntheticRun, v4 } from '../judgement/synthetic.test-support.js';
import { leasesCsv } from './leases-csv.js';

it('has a row for each answer with a lease, and none for a refusal', () => {
  const dhcp4 = new SyntheticRun({ name: 'dhcp4', clients: 2, servers: ['a "quoted", one', 'server-2'] });
  dhcp4.lease(0, v4(7), { given: v4(8) });
  dhcp4.ask(1, 0).give(v4(7));
  dhcp4.ask(1, 1).nak();
  const pd = new SyntheticRun({ name: 'dhcp6-ia-pd', clients: 1 });
  pd.ask(0, 1).give(prefix(0x0001_0002, 64));
  const observations = [...dhcp4.observations, ...pd.observations.map((one) => ({ ...one, caseIndex: 1 }))];
  const layout = { cases: [dhcp4.layout, pd.layout] };
  expect([...leasesCsv({ layout, observations: () => observations })].join('').split('\n')).toEqual([
    'case,phase,committing,leaseType,lease,client,attempt,server,kind,answerIndex,receivedAtSeconds,validLifetime',
    'dhcp4,DISCOVER-OFFER,false,address,10.0.0.7,0,1,"a ""quoted"", one",lease,0,0.002000,4000',
    'dhcp4,REQUEST-ACK,true,address,10.0.0.8,0,1,"a ""quoted"", one",lease,0,0.004000,4000',
    'dhcp4,DISCOVER-OFFER,false,address,10.0.0.7,1,1,server-2,lease,0,0.006000,4000',
    'dhcp6-ia-pd,REQUEST-REPLY,true,prefix,2001:db8:1:2::/64,0,1,server-1,lease,0,0.002000,4000',
    '',
  ]);
});
