/* Stands between a program and its files, and makes some calls on a register fail: the FAIL_FIRST-th of FAIL_KIND and
   the FAIL_TIMES - 1 after it; with kind stop the program stands still there until it is told to go on. FAIL_PATH is a part of the name of the files (default: register.db); with FAIL_WHEN they
   fail only while a file of that name is there. Each that failed adds a byte to the file FAIL_COUNT. With SHOW_MOUNTS the
   program reads that file as the list of what is mounted. For tests only; loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static int is(const char *kind) {
    const char *wanted = getenv("FAIL_KIND");
    return wanted && strcmp(wanted, kind) == 0;
}

static int number(const char *name) {
    const char *text = getenv(name);
    return text ? atoi(text) : 0;
}

/* Whether this call, on the file of this name, is one that fails. */
static int fails_at(const char *path) {
    static int calls = 0;
    const char *part = getenv("FAIL_PATH"), *when = getenv("FAIL_WHEN"), *count = getenv("FAIL_COUNT");
    if (!strstr(path, part ? part : "register.db")) return 0;
    if (when && access(when, F_OK) != 0) return 0;
    int first = number("FAIL_FIRST");
    int call = ++calls;
    int now = call >= first && call < first + number("FAIL_TIMES");
    if (now && count) {
        /* Past the calls below. */
        int fd = syscall(SYS_openat, AT_FDCWD, count, O_WRONLY | O_APPEND | O_CREAT, 0600);
        syscall(SYS_write, fd, "x", 1);
        syscall(SYS_close, fd);
    }
    return now;
}

static int fails(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return fails_at(path);
}

static int writing(int fd, size_t *count) {
    if (is("write") && fails(fd)) { errno = EIO; return 1; }
    if (is("full") && fails(fd)) { errno = ENOSPC; return 1; }
    if (is("stop") && fails(fd)) raise(SIGSTOP);
    if (is("short") && *count > 1 && fails(fd)) *count /= 2;
    return 0;
}

static int reading(int fd) {
    if (is("read") && fails(fd)) { errno = EIO; return 1; }
    return 0;
}

static int opening(const char *path, int flags) {
    if (is("deny") && fails_at(path)) { errno = EACCES; return 1; }
    if (is("closed") && flags & (O_WRONLY | O_RDWR | O_CREAT) && fails_at(path)) { errno = EROFS; return 1; }
    return 0;
}

static int flushing(int fd) {
    if (is("flush") && fails(fd)) { errno = EIO; return 1; }
    return 0;
}

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })

ssize_t write(int fd, const void *data, size_t count) {
    return writing(fd, &count) ? -1 : REAL(write)(fd, data, count);
}
ssize_t pwrite(int fd, const void *data, size_t count, off_t at) {
    return writing(fd, &count) ? -1 : REAL(pwrite)(fd, data, count, at);
}
ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    return writing(fd, &count) ? -1 : REAL(pwrite64)(fd, data, count, at);
}
ssize_t read(int fd, void *data, size_t count) {
    return reading(fd) ? -1 : REAL(read)(fd, data, count);
}
ssize_t pread(int fd, void *data, size_t count, off_t at) {
    return reading(fd) ? -1 : REAL(pread)(fd, data, count, at);
}
ssize_t pread64(int fd, void *data, size_t count, off64_t at) {
    return reading(fd) ? -1 : REAL(pread64)(fd, data, count, at);
}
int ftruncate(int fd, off_t length) {
    if (is("truncate") && fails(fd)) { errno = EIO; return -1; }
    return REAL(ftruncate)(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    if (is("truncate") && fails(fd)) { errno = EIO; return -1; }
    return REAL(ftruncate64)(fd, length);
}
int fsync(int fd) { return flushing(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return flushing(fd) ? -1 : REAL(fdatasync)(fd); }

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    const char *mounts = getenv("SHOW_MOUNTS");
    if (mounts && strcmp(path, "/proc/self/mountinfo") == 0) path = mounts;
    return opening(path, flags) ? -1 : REAL(open64)(path, flags, mode);
}
