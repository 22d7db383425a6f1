/* The least that can be done: one thread, epoll, one `send` for each listener. `epoll PORT`.
 *
 * GET is a listener; POST writes its body to every listener as one event and answers. No check, no ledger, no rendering.
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 65536
#define PIECE 65536
static const char HELLO[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n17\r\nevent: hello\ndata: {}\n\n\r\n";
static const char DONE[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
static int listeners[MOST], listening, place[MOST]; /* place: where in `listeners` a descriptor stands, from 1 */
static char *asked[MOST];
static int kept[MOST];

static void forget(int fd) {
    if (place[fd]) {
        int moved = listeners[--listening];
        listeners[place[fd] - 1] = moved, place[moved] = place[fd], place[fd] = 0;
    }
    free(asked[fd]), asked[fd] = NULL, kept[fd] = 0;
    close(fd);
}

static void publish(const char *body, int length) {
    static char framed[PIECE + 64], event[PIECE + 32];
    int size = snprintf(event, sizeof event, "event: cell\ndata: %.*s\n\n", length, body);
    int whole = snprintf(framed, sizeof framed, "%x\r\n%s\r\n", size, event);
    for (int i = 0; i < listening; i++) send(listeners[i], framed, whole, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void take(int fd) {
    if (!asked[fd]) asked[fd] = malloc(PIECE + 1);
    ssize_t length = recv(fd, asked[fd] + kept[fd], PIECE - kept[fd], 0);
    if (length <= 0) return forget(fd);
    asked[fd][kept[fd] += length] = 0;
    char *end = strstr(asked[fd], "\r\n\r\n"), *sized = strcasestr(asked[fd], "content-length:");
    if (!end) return;
    if (!strncmp(asked[fd], "GET", 3)) {
        listeners[listening++] = fd, place[fd] = listening;
        send(fd, HELLO, sizeof HELLO - 1, MSG_NOSIGNAL);
    } else {
        int body = sized ? atoi(sized + 15) : 0;
        if (kept[fd] - (end + 4 - asked[fd]) < body) return;
        publish(end + 4, body);
        send(fd, DONE, sizeof DONE - 1, MSG_NOSIGNAL);
    }
    free(asked[fd]), asked[fd] = NULL, kept[fd] = 0;
}

int main(int argc, char **argv) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int door = socket(AF_INET, SOCK_STREAM, 0), on = 1, epoll = epoll_create1(0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event events[512], one = {.events = EPOLLIN, .data.fd = door};
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(door, (struct sockaddr *)&at, sizeof at) || listen(door, 4096)) return perror("bind"), 1;
    epoll_ctl(epoll, EPOLL_CTL_ADD, door, &one);
    for (;;) {
        int found = epoll_wait(epoll, events, 512, -1);
        for (int i = 0; i < found; i++) {
            if (events[i].data.fd != door) { take(events[i].data.fd); continue; }
            int fd = accept(door, NULL, NULL);
            if (fd < 0 || fd >= MOST) continue;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            struct epoll_event came = {.events = EPOLLIN, .data.fd = fd};
            epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &came);
        }
    }
}
