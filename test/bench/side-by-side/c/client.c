// The floor of what a client costs: it makes the same exchanges as the harness by the same system calls, and does
// nothing else with them.
//
// usage: client ADDRESS PORT FROM_PORT RATE EXCHANGES PAUSE_US; it prints the exchanges that were completed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

enum { READ = 64, SENT = 16, ROOM = 2048, OPTIONS = 240, MESSAGE = 300 };

static unsigned char replies[READ][ROOM], messages[SENT][MESSAGE], controls[READ][64];
static struct iovec in[READ], out[SENT];
static struct mmsghdr received[READ], sent[SENT];
static int fd, queued;
static struct pollfd polled;

static double now_us(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static void sleep_us(struct pollfd *of, int count, double us) {
  struct timespec time = {us / 1e6, 0};
  time.tv_nsec = (us - time.tv_sec * 1e6) * 1e3;
  ppoll(of, count, &time, NULL);
}

static void flush(void) {
  for (int done = 0; done < queued;) {
    int now = sendmmsg(fd, sent + done, queued - done, MSG_DONTWAIT);
    done += now > 0 ? now : 1;
  }
  queued = 0;
}

static void queue(unsigned client, unsigned char type, const unsigned char *address) {
  if (queued == SENT) flush();
  unsigned char *message = messages[queued++];
  memcpy(message + 4, &client, 4);
  memcpy(message + 30, &client, 4);
  memcpy(message + OPTIONS + 14, &client, 4);
  message[OPTIONS + 2] = type;
  if (address != NULL) memcpy(message + OPTIONS + 26, address, 4);
}

int main(int count, char **arguments) {
  if (count != 7) return 64;
  double rate = atof(arguments[4]), exchanges = atof(arguments[5]), pause = atof(arguments[6]);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(arguments[2]))}, from = to;
  inet_pton(AF_INET, arguments[1], &to.sin_addr);
  from.sin_addr = to.sin_addr;
  from.sin_port = htons(atoi(arguments[3]));
  int size = 4 << 20, on = 1;
  fd = socket(AF_INET, SOCK_DGRAM, 0);
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
    perror("socket");
    return 69;
  }
  prctl(PR_SET_TIMERSLACK, 1);
  for (int i = 0; i < READ; i++) {
    in[i] = (struct iovec){replies[i], ROOM};
    received[i].msg_hdr = (struct msghdr){.msg_iov = &in[i], .msg_iovlen = 1, .msg_control = controls[i]};
  }
  for (int i = 0; i < SENT; i++) {
    messages[i][0] = 1;
    messages[i][OPTIONS] = 53;
    out[i] = (struct iovec){messages[i], MESSAGE};
    sent[i].msg_hdr = (struct msghdr){.msg_iov = &out[i], .msg_iovlen = 1};
  }
  polled = (struct pollfd){fd, POLLIN, 0};
  double began = now_us(), woke = began;
  long started = 0, completed = 0;
  while (completed < exchanges && now_us() < began + exchanges / rate * 1e6 + 1e6) {
    for (int i = 0; i < READ; i++) received[i].msg_hdr.msg_controllen = sizeof controls[i];
    int got = recvmmsg(fd, received, READ, MSG_DONTWAIT, NULL);
    for (int i = 0; i < got; i++) {
      unsigned client;
      memcpy(&client, replies[i] + 4, 4);
      if (replies[i][OPTIONS + 2] == 2) queue(client, 3, replies[i] + 16);
      else completed++;
    }
    double now = now_us();
    for (; started < exchanges && began + started / rate * 1e6 <= now; started++) queue(started, 1, NULL);
    flush();
    double next = started < exchanges ? began + started / rate * 1e6 : now + 1e5;
    if (now < woke + pause) sleep_us(&polled, 0, woke + pause - now);
    now = now_us();
    if (now < next) sleep_us(&polled, 1, next - now);
    woke = now_us();
  }
  printf("%ld\n", completed);
}
