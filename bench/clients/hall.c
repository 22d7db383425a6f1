/* A hall that listens: `hall PORT COUNT < script`.
 *
 * Before "0-end 0" each listener's dialogue: "send LENGTH" and the bytes (@N@ becomes its line of `names`), "wait LENGTH" and the
 * text that must come before the next is sent; "names LENGTH" with a line for each listener. Prints "ready" when all have heard all.
 * Then, again and again, "text LENGTH" (what each listener must hear) and "publish LENGTH" (the request that says it, sent on a
 * connection made before). Prints `WHOLE AMONG HEARD`: seconds from the sending to the last and from the first to the last, and how many heard.
 */
#include "wire.h"

#define MOST_STEPS 8
#define PIECE 262144
#define OVERLAP 96
#define PATIENCE 20.0

struct { int waits; char *bytes; size_t length; } steps[MOST_STEPS];
struct listener { int fd, step, kept, has_heard; char *name; char tail[OVERLAP]; } *hall;

static int count, step_count, ready, heard, epoll, port, publisher;
static char piece[OVERLAP + PIECE + 1], *wanted;
static size_t wanted_length;
static double first, last;

static int has(struct listener *one, char *bytes, long length, const char *text, size_t size) {
    if (memmem(bytes, length, text, size)) return 1;
    one->kept = length < OVERLAP ? length : OVERLAP;
    memcpy(one->tail, bytes + length - one->kept, one->kept);
    return 0;
}

static void say(struct listener *one) {
    for (; one->step < step_count && !steps[one->step].waits; one->step++) {
        char sent[4096], *mark = strstr(steps[one->step].bytes, "@N@");
        int before = mark ? mark - steps[one->step].bytes : 0;
        if (!mark) send_all(one->fd, steps[one->step].bytes, steps[one->step].length);
        else send_all(one->fd, sent, snprintf(sent, sizeof sent, "%.*s%s%s", before, steps[one->step].bytes, one->name, mark + 3));
    }
    if (one->step == step_count) ready++;
}

static void hear(struct listener *one, char *bytes, long length) {
    if (one->step < step_count) {
        if (!has(one, bytes, length, steps[one->step].bytes, steps[one->step].length)) return;
        one->step++, one->kept = 0;
        say(one);
    } else if (wanted && !one->has_heard && has(one, bytes, length, wanted, wanted_length)) {
        one->has_heard = 1, one->kept = 0, last = now();
        if (!heard++) first = last;
    }
}

static void handle(struct epoll_event *event) {
    struct listener *one = event->data.ptr;
    if (!one) { /* the publisher's answers are of no interest */
        while (recv(publisher, piece, PIECE, 0) > 0) {}
        return;
    }
    if (event->events & EPOLLOUT && one->step < 0) {
        one->step = 0;
        say(one);
    }
    for (ssize_t length; (length = recv(one->fd, piece + OVERLAP, PIECE, 0)) != -1;) {
        if (!length) fail("a listener was cut off");
        char *bytes = piece + OVERLAP - one->kept;
        memcpy(bytes, one->tail, one->kept);
        hear(one, bytes, length + one->kept);
    }
}

static void turn(int milliseconds) {
    struct epoll_event events[512];
    int found = epoll_wait(epoll, events, 512, milliseconds);
    for (int i = 0; i < found; i++) handle(&events[i]);
}

static int watched(struct listener *one, int number) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET | (one ? EPOLLOUT : 0), .data.ptr = one};
    int fd = connect_from(number, port);
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    return fd;
}

static void read_dialogue(void) {
    char name[32], *bytes, *names = NULL;
    size_t length;
    while ((bytes = read_named(stdin, name, &length)) && strcmp(name, "0-end")) {
        if (!strcmp(name, "names")) names = bytes;
        else if (step_count < MOST_STEPS) steps[step_count].waits = *name == 'w', steps[step_count].bytes = bytes, steps[step_count++].length = length;
    }
    for (int i = 0; i < count; i++) hall[i].name = names ? strsep(&names, "\n") : "", hall[i].step = -1;
}

static void publish(const char *bytes, size_t length) {
    heard = 0, publisher = watched(NULL, 0); /* a new one each time: servers close what has been idle */
    for (double until = now() + 0.05; now() < until;) turn(10);
    for (int i = 0; i < count; i++) hall[i].has_heard = hall[i].kept = 0;
    double start = now();
    send_all(publisher, bytes, length);
    while (heard < count && now() - start < PATIENCE) turn(100);
    printf("%.6f %.6f %d\n", last - start, last - first, heard);
    fflush(stdout);
    close(publisher);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    port = atoi(argv[1]), count = atoi(argv[2]);
    open_many();
    epoll = epoll_create1(0), hall = calloc(count, sizeof *hall);
    read_dialogue();
    double start = now();
    for (int i = 0; i < count; i++) { /* at most 200 in the door at once */
        hall[i].fd = watched(&hall[i], i);
        while (i - ready > 200 && now() - start < 3 * PATIENCE) turn(10);
    }
    while (ready < count && now() - start < 3 * PATIENCE) turn(10);
    if (ready < count) fail("not all came in");
    for (double until = now() + 0.5; now() < until;) turn(10);
    printf("ready\n"), fflush(stdout);
    char name[32], *bytes;
    size_t length;
    while ((bytes = read_named(stdin, name, &length))) {
        if (!strcmp(name, "text")) wanted = bytes, wanted_length = length;
        else publish(bytes, length);
        for (double until = now() + 0.3; *name == 'p' && now() < until;) turn(10); /* more than the coalescing interval */
    }
    return 0;
}
