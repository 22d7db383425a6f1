/* Loaded before libc (LD_PRELOAD): keeps beside each database file what a disk would still hold after a power cut.
 *
 * Writes go through and are remembered; a sync copies what was written since the last one into $SYNCED_FOLDER.
 * After SIGKILL that folder is the image "only what was synced". With $FAIL_SYNC=n every sync from the nth on fails.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 4
#define SPANS 65536
#define FDS 1024

struct file { char name[256]; int count; off_t from[SPANS]; size_t length[SPANS]; };

static struct file files[FILES];
static int file_of[FDS]; /* 0 unknown, -1 not ours, else index + 1 */
static int syncs;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static void *libc(const char *name) { return dlsym(RTLD_NEXT, name); }

static int is_ours(const char *name) {
    size_t length = strlen(name);
    return strncmp(name, "mellanrum.sqlite3", 17) == 0 && strcmp(name + length - 4, "-shm") != 0;
}

static struct file *find(int fd) {
    if (fd < 0 || fd >= FDS || !getenv("SYNCED_FOLDER")) return NULL;
    if (file_of[fd] == 0) {
        char link[64], path[PATH_MAX];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, path, sizeof path - 1);
        path[length < 0 ? 0 : length] = 0;
        char *name = strrchr(path, '/');
        file_of[fd] = -1;
        for (int i = 0; name && is_ours(name + 1) && i < FILES; i++)
            if (!files[i].name[0] || !strcmp(files[i].name, name + 1)) {
                snprintf(files[i].name, sizeof files[i].name, "%.255s", name + 1);
                file_of[fd] = i + 1;
                break;
            }
    }
    return file_of[fd] > 0 ? &files[file_of[fd] - 1] : NULL;
}

static void remember(int fd, off_t from, ssize_t length) {
    pthread_mutex_lock(&guard);
    struct file *file = find(fd);
    if (file && length > 0) {
        if (file->count == SPANS) abort(); /* a test that writes more without a sync needs more room here */
        file->from[file->count] = from;
        file->length[file->count++] = (size_t)length;
    }
    pthread_mutex_unlock(&guard);
}

static void keep(struct file *file, int fd) {
    static char buffer[1 << 20];
    ssize_t (*write_at)(int, const void *, size_t, off_t) = libc("pwrite");
    int (*cut)(int, off_t) = libc("ftruncate");
    char path[PATH_MAX];
    struct stat now;
    snprintf(path, sizeof path, "%s/%s", getenv("SYNCED_FOLDER"), file->name);
    int kept = open(path, O_RDWR | O_CREAT, 0600);
    for (int i = 0; i < file->count; i++) {
        ssize_t length = pread(fd, buffer, file->length[i], file->from[i]);
        if (length > 0 && write_at(kept, buffer, (size_t)length, file->from[i]) != length) abort();
    }
    file->count = 0;
    if (fstat(fd, &now) || cut(kept, now.st_size)) abort();
    close(kept);
}

static int sync_with(const char *name, int fd) {
    int (*real)(int) = libc(name);
    pthread_mutex_lock(&guard);
    struct file *file = find(fd);
    char *limit = getenv("FAIL_SYNC");
    int fails = file && limit && ++syncs >= atoi(limit);
    int result = fails ? -1 : real(fd);
    if (file && !fails && result == 0) keep(file, fd);
    pthread_mutex_unlock(&guard);
    if (fails) errno = EIO;
    return result;
}

int fsync(int fd) { return sync_with("fsync", fd); }
int fdatasync(int fd) { return sync_with("fdatasync", fd); }

static ssize_t write_with(const char *name, int fd, const void *data, size_t length, off_t from) {
    ssize_t (*real)(int, const void *, size_t, off_t) = libc(name);
    ssize_t written = real(fd, data, length, from);
    remember(fd, from, written);
    return written;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t from) { return write_with("pwrite", fd, data, length, from); }
ssize_t pwrite64(int fd, const void *data, size_t length, off_t from) { return write_with("pwrite64", fd, data, length, from); }

ssize_t write(int fd, const void *data, size_t length) {
    ssize_t (*real)(int, const void *, size_t) = libc("write");
    off_t from = lseek(fd, 0, SEEK_CUR);
    ssize_t written = real(fd, data, length);
    if (from >= 0) remember(fd, from, written);
    return written;
}

int close(int fd) {
    int (*real)(int) = libc("close");
    if (fd >= 0 && fd < FDS) file_of[fd] = 0;
    return real(fd);
}
