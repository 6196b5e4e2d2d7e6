// A process of the bench. It answers each DISCOVER with an OFFER and each REQUEST with an ACK, with an address that
// only that client gets. It is no DHCP server. It costs as little as possible, and its cost is not counted.
import { Buffer } from 'node:buffer';
import { createSocket } from 'node:dgram';

const OPTIONS = 240;
const [address, port] = process.argv.slice(2);
const socket = createSocket({ type: 'udp4', recvBufferSize: 8 << 20, sendBufferSize: 8 << 20 });

socket.on('message', (request, { port: from }) => {
  const type = request[OPTIONS + 2];
  const identifier = request.subarray(OPTIONS + 3, OPTIONS + 18);
  const reply = Buffer.alloc(OPTIONS + 31);
  request.copy(reply, 0, 0, OPTIONS);
  reply[0] = 2;
  // An address in 10.0.0.0/8 from the low bytes of the hardware address, which number the clients.
  reply[16] = 10;
  request.copy(reply, 17, 31, 34);
  reply.set([53, 1, type === 1 ? 2 : 5, 54, 4, 127, 0, 0, 1, 51, 4, 0, 0, 15, 160], OPTIONS);
  identifier.copy(reply, OPTIONS + 15);
  reply[OPTIONS + 30] = 255;
  socket.send(reply, from, address);
});
socket.bind(Number(port), address, () => process.send('ready'));
process.once('disconnect', () => process.exit());
