/*
 * Signal actions and masks: what was set can be read back. No signal is sent here.
 *
 * Build:  cc -O2 -static -o sigaction sigaction.c
 * Expect: the same lines natively
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static void handler(int number) { (void)number; }
static void info_handler(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    (void)context;
}

static void show(int number)
{
    struct sigaction action;

    if (sigaction(number, NULL, &action) != 0) {
        printf("%d: %s\n", number, strerror(errno));
        return;
    }
    printf("%d: %s flags %x mask", number,
           action.sa_handler == SIG_DFL ? "default" : action.sa_handler == SIG_IGN ? "ignore"
           : action.sa_handler == handler ? "handler"
           : action.sa_sigaction == info_handler ? "info handler" : "unknown",
           action.sa_flags & ~0x04000000);
    for (int i = 1; i <= 31; i++)
        if (sigismember(&action.sa_mask, i))
            printf(" %d", i);
    putchar('\n');
}

static void refused(const char *what, int result)
{
    printf("%s: %d %s\n", what, result, strerror(errno));
}

int main(void)
{
    struct sigaction action = { .sa_handler = handler }, previous;
    sigset_t set, old;

    show(SIGUSR1);
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, SIGINT);
    sigaddset(&action.sa_mask, SIGTERM);
    sigaction(SIGUSR1, &action, NULL);
    show(SIGUSR1);
    action.sa_sigaction = info_handler;
    action.sa_flags = SA_SIGINFO | SA_RESTART | SA_NODEFER;
    sigfillset(&action.sa_mask);
    sigaction(SIGUSR1, &action, &previous);
    printf("old: %s\n", previous.sa_handler == handler ? "handler" : "other");
    show(SIGUSR1);
    signal(SIGUSR2, SIG_IGN);
    show(SIGUSR2);
    action.sa_handler = handler;
    refused("SIGKILL", sigaction(SIGKILL, &action, NULL));
    refused("65", sigaction(65, &action, NULL));
    show(SIGSTOP);

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGKILL); /* cannot be blocked: silently left out */
    sigprocmask(SIG_BLOCK, &set, &old);
    sigprocmask(SIG_BLOCK, NULL, &set);
    printf("blocked: %d %d %d\n", sigismember(&set, SIGUSR1), sigismember(&set, SIGKILL),
           sigismember(&old, SIGUSR1));
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    sigprocmask(SIG_SETMASK, NULL, &set);
    printf("blocked: %d\n", sigismember(&set, SIGUSR1));
    refused("how", sigprocmask(99, &set, NULL));
    return 0;
}
