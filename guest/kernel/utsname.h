/* What uname says about this kernel. */
#ifndef UTSNAME_H
#define UTSNAME_H

#define UTS_SYSNAME     "Linux"
#define UTS_NODENAME    "(none)"
#define UTS_RELEASE     "6.18.0-martlet"
#define UTS_VERSION     "#1 Martlet"
#define UTS_MACHINE     "x86_64"
#define UTS_DOMAINNAME  "(none)"

#endif
