/* Phones that come in one after the other: `phones PORT COUNT SECONDS < steps`.
 *
 * A step is "PHASE-KIND LENGTH" on a line and the bytes to send. Steps of one phase are spread over the phone's connections, one
 * at a time on each; the next phase begins when all are answered. KIND: `get` (an answer with a length), `join` (its cookie
 * replaces @COOKIE@ in what follows), `stream` (stays open; answered when its first cell has come).
 * Prints one line of JSON when the last phone is in, and holds all streams until its input ends. */
#include "wire.h"

#define CONNECTIONS 2
#define MOST_STEPS 200
#define PIECE 262144
#define PATIENCE 60.0

struct step { int phase; enum { GET, JOIN, STREAM } kind; char *bytes; size_t length; } steps[MOST_STEPS];
struct phone;
struct line { struct phone *phone; struct step *step; int fd, is_open, has_head, kept; long left; char head[4096]; };
struct phone { struct line lines[CONNECTIONS]; double began; int next, waiting, state; char cookie[256]; };

static int count, step_count, epoll, port, in, lost;
static long received;
static double *took;
static char piece[PIECE + 1];

static void come_in(struct phone *phone, int state);

static void watch(struct line *line, int number) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET | EPOLLRDHUP, .data.ptr = line};
    line->fd = connect_from(number, port);
    line->is_open = 0;
    epoll_ctl(epoll, EPOLL_CTL_ADD, line->fd, &event);
}

static void send_step(struct line *line) {
    char sent[8192], *mark = strstr(line->step->bytes, "@COOKIE@");
    if (!mark) return send_all(line->fd, line->step->bytes, line->step->length);
    int length = snprintf(sent, sizeof sent, "%.*s%s%s", (int)(mark - line->step->bytes), line->step->bytes, line->phone->cookie, mark + 8);
    send_all(line->fd, sent, length);
}

/* Give every idle connection of the phone its next step; go to the next phase when nothing is left of this one. */
static void deal(struct phone *phone) {
    if (phone->next == step_count && !phone->waiting) return come_in(phone, 1);
    for (int i = 0; i < CONNECTIONS && phone->next < step_count; i++) {
        struct line *line = &phone->lines[i];
        int last = phone->next ? steps[phone->next - 1].phase : 0;
        if (line->step) continue;
        if (phone->waiting && steps[phone->next].phase != last) return;
        line->step = &steps[phone->next++], line->has_head = line->kept = 0, line->left = 0;
        phone->waiting++;
        if (line->fd < 0) watch(line, i);
        else if (line->is_open) send_step(line);
    }
}

static void answered(struct line *line) {
    int stays = line->step->kind == STREAM;
    line->phone->waiting--;
    if (!stays) line->step = NULL;
    deal(line->phone);
}

static void keep_cookie(struct line *line) {
    char *found = strcasestr(line->head, "\r\nset-cookie: "), *end = found ? strpbrk(found += 14, ";\r") : NULL;
    if (end) snprintf(line->phone->cookie, sizeof line->phone->cookie, "%.*s", (int)(end - found), found);
}

/* What has come, piece by piece; heads are short and come whole or in a few pieces. */
static void read_piece(struct line *line, char *bytes, long length) {
    if (!line->step) return;
    if (line->step->kind == STREAM && line->has_head) {
        if (line->has_head == 1 && memmem(bytes, length, "event: cell", 11)) line->has_head = 2, answered(line);
        return;
    }
    if (!line->has_head) {
        long fits = sizeof line->head - 1 - line->kept, taken = length < fits ? length : fits;
        memcpy(line->head + line->kept, bytes, taken);
        line->head[line->kept += taken] = 0;
        char *end = strstr(line->head, "\r\n\r\n"), *sized = strcasestr(line->head, "\r\ncontent-length:");
        if (!end) { if (taken == fits) come_in(line->phone, -1); return; }
        if (strncmp(line->head + 9, "200", 3) || (!sized && line->step->kind != STREAM)) {
            if (!lost) fprintf(stderr, "phones: %.300s\n", line->head);
            return come_in(line->phone, -1);
        }
        long rest = line->kept - (end + 4 - line->head) + (length - taken);
        line->has_head = 1;
        if (line->step->kind == JOIN) *end = 0, keep_cookie(line);
        if (line->step->kind == STREAM) return read_piece(line, bytes + length - rest, rest);
        line->left = atol(sized + 17) - rest;
    } else line->left -= length;
    if (line->left <= 0) answered(line);
}

static void come_in(struct phone *phone, int state) {
    if (phone->state) return;
    phone->state = state;
    if (state > 0) took[in++] = now() - phone->began;
    else lost++;
}

static void handle(struct epoll_event *event) {
    struct line *line = event->data.ptr;
    if (event->events & EPOLLOUT && !line->is_open && !(event->events & EPOLLERR)) {
        line->is_open = 1;
        if (line->step) send_step(line);
    }
    while (line->fd >= 0) {
        ssize_t length = recv(line->fd, piece, PIECE, 0);
        if (length > 0) { received += length, piece[length] = 0, read_piece(line, piece, length); continue; }
        if (length < 0 && errno == EAGAIN) return;
        close(line->fd), line->fd = -1;
        if (line->step && !(line->step->kind == STREAM && line->phone->state)) come_in(line->phone, -1);
    }
}

static int by_size(const void *a, const void *b) { return *(double *)a < *(double *)b ? -1 : 1; }

static void read_steps(void) {
    char name[32];
    size_t length;
    for (char *bytes; step_count < MOST_STEPS && (bytes = read_named(stdin, name, &length)); step_count++) {
        char *kind = strchr(name, '-');
        if (!kind || !strcmp(name, "0-end")) break;
        steps[step_count] = (struct step){atoi(name), *++kind == 'g' ? GET : *kind == 'j' ? JOIN : STREAM, bytes, length};
    }
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    port = atoi(argv[1]), count = atoi(argv[2]);
    double seconds = atof(argv[3]), start, last = 0;
    open_many();
    read_steps();
    epoll = epoll_create1(0);
    took = calloc(count, sizeof *took);
    struct phone *phones = calloc(count, sizeof *phones);
    struct epoll_event events[512];
    start = now();
    for (int begun = 0; in + lost < count && now() - start < seconds + PATIENCE;) {
        for (; begun < count && now() - start >= begun * seconds / count; begun++) {
            phones[begun].began = now();
            for (int i = 0; i < CONNECTIONS; i++) phones[begun].lines[i].phone = &phones[begun], watch(&phones[begun].lines[i], begun);
            deal(&phones[begun]);
        }
        int ready = epoll_wait(epoll, events, 512, begun < count ? 1 : 100);
        for (int i = 0; i < ready; i++) handle(&events[i]);
    }
    last = now() - start;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    qsort(took, in, sizeof *took, by_size);
    printf("{\"in\": %d, \"lost\": %d, \"took\": %.4f, \"p50\": %.4f, \"p95\": %.4f, \"received\": %ld, \"client_cpu\": %.3f}\n", in, count - in,
           last, in ? took[in / 2] : 0, in ? took[in * 95 / 100] : 0, received,
           used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6);
    fflush(stdout);
    while (getchar() != EOF) {}
    return 0;
}
