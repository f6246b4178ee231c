/* Pipes, eventfd, poll and select in one process: nothing here waits for ever.
 *
 * Run: pipes
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <unistd.h>

static void show(const char *what, long result) {
  if (result < 0)
    printf("%-40s %s\n", what, strerror(errno));
  else
    printf("%-40s %ld\n", what, result);
}
#define TRY(call) show(#call, (long)(call))

static char page[70000];

static void ask(int fd, short events) {
  struct pollfd set = {fd, events, 0};
  int count = poll(&set, 1, 0);
  printf("poll %d: %x\n", count, set.revents);
}

static void pipes(void) {
  int p[2], count = 0;
  signal(SIGPIPE, SIG_IGN);
  TRY(pipe2(p, O_NONBLOCK));
  TRY(pipe2(p, 12345));
  TRY(pipe2((int *)8, 0));
  TRY(read(p[0], page, 10));
  TRY(write(p[0], page, 10));
  TRY(read(p[1], page, 10));
  ask(p[0], POLLIN | POLLOUT);
  ask(p[1], POLLIN | POLLOUT);
  TRY(write(p[1], "hello", 5));
  TRY(write(p[1], "", 0));
  TRY(ioctl(p[0], FIONREAD, &count));
  printf("%d\n", count);
  TRY(read(p[0], page, 3));
  TRY(read(p[0], page, 30));
  TRY(lseek(p[0], 0, SEEK_CUR));
  TRY(pread(p[0], page, 1, 0));
  TRY(fcntl(p[0], F_GETPIPE_SZ));
  TRY(fcntl(p[1], F_GETFL));
  TRY(write(p[1], page, sizeof page));
  TRY(write(p[1], page, 1));
  ask(p[1], POLLOUT);
  TRY(read(p[0], page, 4095));
  ask(p[1], POLLOUT);
  TRY(write(p[1], page, 1));
  TRY(read(p[0], page, 1));
  ask(p[1], POLLOUT);
  TRY(write(p[1], page, 4097));
  TRY(read(p[0], page, sizeof page));
  TRY(read(p[0], page, sizeof page));
  TRY(fcntl(p[0], F_SETPIPE_SZ, 5000));
  TRY(fcntl(p[0], F_GETPIPE_SZ));
  TRY(write(p[1], page, 9000));
  TRY(fcntl(p[0], F_SETPIPE_SZ, 4096));
  TRY(read(p[0], page, 100));
  TRY(read(p[0], page, sizeof page));
  TRY(write(p[1], (char *)8, 5));
  TRY(write(p[1], "left", 4));
  TRY(read(p[0], (char *)8, 5));
  TRY(read(p[0], page, 5));
  TRY(close(p[1]));
  ask(p[0], POLLIN);
  TRY(read(p[0], page, 5));
  TRY(pipe(p));
  TRY(write(p[1], "x", 1));
  TRY(close(p[0]));
  ask(p[1], POLLOUT);
  TRY(write(p[1], "x", 1));
  TRY(close(p[1]));
  TRY(pipe2(p, O_DIRECT));
  TRY(write(p[1], "packet", 6));
  TRY(write(p[1], "another", 7));
  TRY(read(p[0], page, 3));
  TRY(read(p[0], page, 300));
  struct stat s;
  TRY(fstat(p[0], &s));
  printf("%o %ld\n", s.st_mode, (long)s.st_size);
  TRY(close(p[0]));
  TRY(close(p[1]));
}

static void events(void) {
  uint64_t value = 5;
  int fd = eventfd(3, EFD_NONBLOCK);
  ask(fd, POLLIN | POLLOUT);
  TRY(write(fd, &value, 8));
  TRY(write(fd, &value, 7));
  TRY(read(fd, &value, 8));
  printf("%lu\n", (unsigned long)value);
  TRY(read(fd, &value, 8));
  TRY(read(fd, &value, 4));
  value = UINT64_MAX;
  TRY(write(fd, &value, 8));
  value = UINT64_MAX - 1;
  TRY(write(fd, &value, 8));
  ask(fd, POLLIN | POLLOUT);
  value = 1;
  TRY(write(fd, &value, 8));
  TRY(close(fd));
  fd = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
  TRY(read(fd, &value, 8));
  TRY(read(fd, &value, 8));
  TRY(read(fd, &value, 8));
  TRY(close(fd));
  TRY(eventfd(0, 77));
}

static void waiting(void) {
  int p[2];
  fd_set in, out;
  struct timeval time = {0, 1000};
  pipe(p);
  FD_ZERO(&in);
  FD_ZERO(&out);
  FD_SET(p[0], &in);
  TRY(select(p[1] + 1, &in, &out, 0, &time));
  FD_SET(p[0], &in);
  FD_SET(p[1], &out);
  TRY(select(p[1] + 1, &in, &out, 0, 0));
  printf("%d %d\n", !!FD_ISSET(p[0], &in), !!FD_ISSET(p[1], &out));
  TRY(select(-1, 0, 0, 0, &time));
  FD_SET(p[1] + 1, &in);
  TRY(select(p[1] + 2, &in, 0, 0, &time));
  struct pollfd set[3] = {{p[0], POLLIN, 0}, {-1, POLLIN, 7}, {77, POLLIN, 0}};
  TRY(poll(set, 3, 0));
  printf("%x %x %x\n", set[0].revents, set[1].revents, set[2].revents);
  TRY(poll(set, 1, 1));
  close(p[0]);
  close(p[1]);
}

static void epolls(void) {
  int p[2], q[2], e = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {EPOLLIN, {.u64 = 1}}, events[4];
  pipe(p);
  pipe(q);
  TRY(epoll_create1(5));
  TRY(epoll_create(0));
  TRY(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &event));
  TRY(epoll_ctl(e, EPOLL_CTL_ADD, p[0], &event));
  TRY(epoll_ctl(e, EPOLL_CTL_ADD, e, &event));
  TRY(epoll_ctl(e, EPOLL_CTL_DEL, q[0], &event));
  TRY(epoll_ctl(e, EPOLL_CTL_MOD, q[0], &event));
  TRY(epoll_ctl(p[0], EPOLL_CTL_ADD, q[0], &event));
  TRY(epoll_ctl(e, 9, q[0], &event));
  TRY(epoll_ctl(e, EPOLL_CTL_ADD, 77, &event));
  int file = open("/dev/null", O_RDONLY);
  TRY(epoll_ctl(e, EPOLL_CTL_ADD, open("/", O_RDONLY), &event));
  (void)file;
  event.events = EPOLLIN | EPOLLET;
  event.data.u64 = 2;
  TRY(epoll_ctl(e, EPOLL_CTL_ADD, q[0], &event));
  TRY(epoll_wait(e, events, 4, 0));
  TRY(epoll_wait(e, events, 0, 0));
  write(p[1], "x", 1);
  write(q[1], "y", 1);
  TRY(epoll_wait(e, events, 4, -1));
  printf("%lu %lu\n", (unsigned long)events[0].data.u64, (unsigned long)events[1].data.u64);
  TRY(epoll_wait(e, events, 4, -1));
  printf("%x %lu\n", events[0].events, (unsigned long)events[0].data.u64);
  ask(e, POLLIN);
  write(q[1], "y", 1);
  TRY(epoll_wait(e, events, 4, -1));
  read(p[0], page, 1);
  TRY(epoll_wait(e, events, 4, 0));
  event.events = EPOLLIN | EPOLLONESHOT;
  event.data.u64 = 3;
  TRY(epoll_ctl(e, EPOLL_CTL_MOD, q[0], &event));
  TRY(epoll_wait(e, events, 4, 0));
  TRY(epoll_wait(e, events, 4, 0));
  TRY(epoll_ctl(e, EPOLL_CTL_MOD, q[0], &event));
  TRY(epoll_wait(e, events, 1, 0));
  close(p[1]);
  TRY(epoll_wait(e, events, 4, 5));
  printf("%x\n", events[0].events);
  close(p[0]);
  TRY(epoll_wait(e, events, 4, 1));
  TRY(epoll_ctl(e, EPOLL_CTL_DEL, q[0], 0));
  TRY(close(e));
}

int main(void) {
  pipes();
  events();
  waiting();
  epolls();
  return 0;
}
