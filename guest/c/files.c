/* Files in a directory of its own: what each call answers, and what is left behind.
 *
 * Run: files
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static void show(const char *what, long result) {
  if (result < 0)
    printf("%-38s %s\n", what, strerror(errno));
  else
    printf("%-38s %ld\n", what, result);
}
#define TRY(call) show(#call, (long)(call))

static int compare(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *path) {
  char *names[64];
  int count = 0;
  DIR *directory = opendir(path);
  struct dirent *entry;
  while (directory && (entry = readdir(directory))) {
    char line[300];
    snprintf(line, sizeof line, "%s:%d", entry->d_name, entry->d_type);
    names[count++] = strdup(line);
  }
  if (directory) closedir(directory);
  qsort(names, count, sizeof names[0], compare);
  printf("[%s]", path);
  for (int i = 0; i < count; i++) printf(" %s", names[i]);
  printf("\n");
}

static void status(const char *path) {
  struct stat s;
  if (lstat(path, &s)) {
    printf("%s: %s\n", path, strerror(errno));
    return;
  }
  printf("%s: mode %o links %lu size %ld blocks %ld\n", path, s.st_mode, (unsigned long)s.st_nlink,
         S_ISDIR(s.st_mode) ? 0L : (long)s.st_size, S_ISDIR(s.st_mode) ? 0L : (long)s.st_blocks);
}

static void names(void) {
  TRY(mkdir("d", 0777));
  TRY(mkdir("d", 0777));
  TRY(mkdir("d/e/", 0700));
  TRY(close(open("d/f", O_CREAT | O_WRONLY, 0666)));
  TRY(open("d/f", O_CREAT | O_EXCL | O_WRONLY, 0666));
  TRY(open("d/f/", O_RDONLY));
  TRY(open("d/new/", O_CREAT | O_WRONLY, 0666));
  TRY(open("d", O_CREAT | O_RDONLY, 0666));
  TRY(open("d", O_WRONLY));
  TRY(open("d/f", O_DIRECTORY));
  TRY(open("d/f/x", O_RDONLY));
  TRY(open("", O_RDONLY));
  TRY(open("no/such", O_CREAT | O_WRONLY, 0666));
  TRY(open("d", O_DIRECTORY | O_CREAT, 0666));
  TRY(symlink("d/f", "link"));
  TRY(symlink("loop", "loop"));
  TRY(symlink("nowhere", "dangling"));
  TRY(symlink("", "empty"));
  TRY(open("loop", O_RDONLY));
  TRY(open("link", O_NOFOLLOW));
  TRY(open("link/", O_RDONLY));
  TRY(open("link", O_CREAT | O_EXCL | O_WRONLY, 0666));
  TRY(close(open("dangling", O_CREAT | O_WRONLY, 0600)));
  status("nowhere");
  TRY(access("link", X_OK));
  TRY(access("link", F_OK));
  TRY(link("d/f", "hard"));
  TRY(link("d", "dhard"));
  TRY(link("link", "hardlink"));
  status("hard");
  status("hardlink");
  TRY(rename("hard", "d/f"));
  TRY(rename("hard", "moved"));
  TRY(rename("d", "d/e/x"));
  TRY(rename("moved", "d"));
  TRY(rename("d", "moved"));
  TRY(rename("d/e", "d/g"));
  TRY(rename("moved", "gone/"));
  TRY(rename("d/g/", "d/h/"));
  TRY(rename(".", "x"));
  TRY(syscall(SYS_renameat2, AT_FDCWD, "moved", AT_FDCWD, "link", 1));
  TRY(syscall(SYS_renameat2, AT_FDCWD, "moved", AT_FDCWD, "d/h", 2));
  status("moved");
  status("d/h");
  TRY(syscall(SYS_renameat2, AT_FDCWD, "moved", AT_FDCWD, "d/h", 2));
  TRY(rmdir("d"));
  TRY(rmdir("d/h/."));
  TRY(rmdir("d/h/.."));
  TRY(rmdir("moved"));
  TRY(unlink("d"));
  TRY(unlink("moved/"));
  TRY(unlink("."));
  list(".");
  list("d");
  TRY(rmdir("d/h"));
  TRY(unlink("link"));
  TRY(unlink("loop"));
  TRY(unlink("dangling"));
  TRY(unlink("nowhere"));
  TRY(unlink("hardlink"));
  TRY(unlink("moved"));
  TRY(unlink("nothing"));
  char name[300];
  memset(name, 'n', sizeof name);
  name[256] = 0;
  TRY(mkdir(name, 0777));
  name[255] = 0;
  TRY(mkdir(name, 0777));
  TRY(rmdir(name));
}

static void data(void) {
  char buffer[64] = {0};
  int fd = open("data", O_CREAT | O_RDWR | O_TRUNC, 0640);
  TRY(write(fd, "hello, world", 12));
  TRY(pwrite(fd, "J", 1, 0));
  TRY(lseek(fd, 0, SEEK_CUR));
  TRY(lseek(fd, -20, SEEK_CUR));
  TRY(lseek(fd, 3, SEEK_SET));
  TRY(read(fd, buffer, 4));
  puts(buffer);
  TRY(pread(fd, buffer, sizeof buffer, 7));
  TRY(pread(fd, buffer, 1, -1));
  TRY(pwrite(fd, "end", 3, 100000));
  status("data");
  TRY(lseek(fd, 0, SEEK_END));
  TRY(read(fd, buffer, 10));
  TRY(ftruncate(fd, 5));
  TRY(ftruncate(fd, 20));
  memset(buffer, 'x', sizeof buffer);
  TRY(pread(fd, buffer, sizeof buffer, 0));
  for (int i = 0; i < 21; i++) printf("%02x ", buffer[i]);
  puts("");
  TRY(ftruncate(fd, -1));
  TRY(truncate("data", 8));
  TRY(truncate(".", 8));
  int copy = dup(fd);
  TRY(lseek(copy, 2, SEEK_SET));
  TRY(lseek(fd, 0, SEEK_CUR));
  int append = open("data", O_WRONLY | O_APPEND);
  TRY(write(append, "++", 2));
  TRY(lseek(append, 0, SEEK_CUR));
  TRY(pwrite(append, "--", 2, 0));
  TRY(read(append, buffer, 1));
  TRY(fcntl(append, F_GETFL) & ~O_LARGEFILE);
  TRY(fcntl(append, F_SETFL, 0));
  TRY(fcntl(append, F_GETFL) & ~O_LARGEFILE);
  struct iovec pieces[2] = {{"one", 3}, {"three", 5}};
  TRY(writev(append, pieces, 2));
  TRY(pread(fd, buffer, sizeof buffer, 0));
  printf("%.20s\n", buffer);
  char *map = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  map[0] = 'M';
  TRY(pread(fd, buffer, 1, 0));
  printf("%c %d\n", buffer[0], map[200]);
  TRY(pwrite(fd, "W", 1, 1));
  printf("%c%c\n", map[0], map[1]);
  char *private = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  private[0] = 'P';
  printf("%c%c\n", map[0], private[0]);
  TRY((long)(mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, append, 0) == MAP_FAILED));
  TRY(mprotect(map, 4096, PROT_READ));
  TRY(flock(fd, LOCK_EX | LOCK_NB));
  TRY(flock(append, LOCK_SH | LOCK_NB));
  TRY(flock(fd, LOCK_UN));
  TRY(flock(append, LOCK_SH | LOCK_NB));
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2, .l_len = 3};
  TRY(fcntl(fd, F_SETLK, &lock));
  TRY(fcntl(fd, F_GETLK, &lock));
  printf("%d\n", lock.l_type);
  TRY(unlink("data"));
  TRY(pread(fd, buffer, 4, 0));
  struct stat s;
  TRY(fstat(fd, &s));
  printf("links %lu\n", (unsigned long)s.st_nlink);
  TRY(close(fd));
  TRY(close(fd));
  int place = open(".", O_PATH);
  TRY(read(place, buffer, 1));
  TRY(fchmod(place, 0700));
  TRY(close(openat(place, "in", O_CREAT | O_WRONLY, 0604)));
  TRY(chmod("in", 04755));
  status("in");
  TRY(unlinkat(place, "in", AT_REMOVEDIR));
  TRY(unlinkat(place, "in", 0));
  int memory = memfd_create("m", MFD_ALLOW_SEALING);
  TRY(write(memory, "seal", 4));
  TRY(fcntl(memory, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK));
  TRY(write(memory, "seal", 4));
  TRY(ftruncate(memory, 1));
  TRY(ftruncate(memory, 10));
  TRY(fcntl(memory, F_GET_SEALS));
}

static void directories(void) {
  char path[4200];
  TRY(mkdir("one", 0755));
  TRY(chdir("one"));
  TRY(mkdir("two", 0755));
  int fd = open("two", O_RDONLY | O_DIRECTORY);
  TRY(chdir("two"));
  printf("%s\n", strstr(getcwd(path, sizeof path), "/one/two"));
  TRY(rename("../../one", "../../other"));
  printf("%s\n", strstr(getcwd(path, sizeof path), "/other/two"));
  TRY(syscall(SYS_getcwd, path, 4));
  TRY(chdir("../.."));
  TRY(rmdir("other/two"));
  TRY(fchdir(fd));
  TRY(syscall(SYS_getcwd, path, sizeof path));
  TRY(mkdir("x", 0755));
  TRY(open("x", O_CREAT | O_WRONLY, 0666));
  TRY(chdir(".."));
  TRY(chdir(".."));
  TRY(rmdir("other"));
  TRY(chdir("data"));
  struct stat s;
  TRY(fstatat(fd, "", &s, AT_EMPTY_PATH));
  TRY(fstatat(fd, "", &s, 0));
  TRY(fstatat(fd, ".", &s, 0x4));
  TRY(read(fd, path, 10));
  TRY(write(fd, path, 10));
  umask(077);
  TRY(mkdir("masked", 0777));
  status("masked");
  TRY(mkfifo("masked/fifo", 0666));
  status("masked/fifo");
  TRY(open("masked/fifo", O_WRONLY | O_NONBLOCK));
  TRY(close(open("masked/fifo", O_RDONLY | O_NONBLOCK)));
  TRY(unlink("masked/fifo"));
  TRY(rmdir("masked"));
  struct timespec times[2] = {{1000, 5}, {2000, 6}};
  TRY(close(open("t", O_CREAT | O_WRONLY, 0600)));
  TRY(utimensat(AT_FDCWD, "t", times, 0));
  TRY(stat("t", &s));
  printf("%ld.%09ld %ld.%09ld\n", s.st_atim.tv_sec, s.st_atim.tv_nsec, s.st_mtim.tv_sec,
         s.st_mtim.tv_nsec);
  times[0].tv_nsec = UTIME_OMIT;
  times[1].tv_nsec = 1000000000;
  TRY(utimensat(AT_FDCWD, "t", times, 0));
  times[1].tv_nsec = 9;
  TRY(utimensat(AT_FDCWD, "t", times, 0));
  TRY(stat("t", &s));
  printf("%ld.%09ld %ld.%09ld\n", s.st_atim.tv_sec, s.st_atim.tv_nsec, s.st_mtim.tv_sec,
         s.st_mtim.tv_nsec);
  TRY(unlink("t"));
}

int main(void) {
  char directory[] = "/dev/shm/filesXXXXXX";
  setvbuf(stdout, 0, _IOFBF, 1 << 16);
  umask(022);
  if (!mkdtemp(directory) || chdir(directory)) return 1;
  names();
  data();
  directories();
  list(".");
  TRY(chdir("/"));
  TRY(rmdir(directory));
  return 0;
}
