// Answers each DISCOVER with an OFFER and each REQUEST with an ACK, with an address that only that client gets. It is
// no DHCP server. It costs as little as possible, and its cost is not counted.
//
// usage: reflector ADDRESS PORT; it prints a line when it listens, and ends when its standard input does.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, ROOM = 2048, OPTIONS = 240, REPLY = OPTIONS + 31, IDENTIFIER = 15 };

static unsigned char requests[BATCH][ROOM], replies[BATCH][ROOM];
static struct sockaddr_in peers[BATCH];
static struct iovec in[BATCH], out[BATCH];
static struct mmsghdr received[BATCH], sent[BATCH];

static void answer(const unsigned char *request, unsigned char *reply) {
  static const unsigned char after[] = {53, 1, 0, 54, 4, 127, 0, 0, 1, 51, 4, 0, 0, 15, 160};
  memcpy(reply, request, OPTIONS);
  reply[0] = 2;
  reply[16] = 10;
  // The low bytes of the hardware address number the clients.
  memcpy(reply + 17, request + 31, 3);
  memcpy(reply + OPTIONS, after, sizeof after);
  reply[OPTIONS + 2] = request[OPTIONS + 2] == 1 ? 2 : 5;
  memcpy(reply + OPTIONS + sizeof after, request + OPTIONS + 3, IDENTIFIER);
  reply[REPLY - 1] = 255;
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 8 << 20;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[2]))};
  inet_pton(AF_INET, arguments[1], &at.sin_addr);
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0) {
    perror("bind");
    return 69;
  }
  for (int i = 0; i < BATCH; i++) {
    in[i] = (struct iovec){requests[i], ROOM};
    out[i] = (struct iovec){replies[i], REPLY};
    received[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_iov = &in[i], .msg_iovlen = 1};
    sent[i].msg_hdr = (struct msghdr){
        .msg_name = &peers[i], .msg_namelen = sizeof peers[i], .msg_iov = &out[i], .msg_iovlen = 1};
  }
  puts("ready");
  fflush(stdout);
  struct pollfd polled[] = {{fd, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
  for (;;) {
    poll(polled, 2, -1);
    if (polled[1].revents != 0) return 0;
    for (int i = 0; i < BATCH; i++) received[i].msg_hdr.msg_namelen = sizeof peers[i];
    int got = recvmmsg(fd, received, BATCH, MSG_DONTWAIT, NULL), answers = 0;
    for (int i = 0; i < got; i++) {
      if (received[i].msg_len < OPTIONS + 4 + IDENTIFIER) continue;
      answer(requests[i], replies[answers]);
      sent[answers++].msg_hdr.msg_name = &peers[i];
    }
    for (int done = 0; done < answers;) {
      int now = sendmmsg(fd, sent + done, answers - done, 0);
      // Nobody waits for an answer that can't be sent.
      done += now > 0 ? now : 1;
    }
  }
}
