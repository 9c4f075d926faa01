# nhacviec: make, make check, make install; `make help` lists the targets.
PREFIX     ?= /usr/local
SYSCONFDIR ?= /etc
STATEDIR   ?= /var/lib/nhacviec
DESTDIR    ?=
SAN        ?=
DEVELOPER  ?=
V          ?=

comma := ,
VERSION := $(shell cat VERSION 2>/dev/null)
VARIANT := $(if $(SAN),$(SAN),release)
B       ?= build/$(VARIANT)
Q       := $(if $(V),,@)

# ── libraries: pkg-config name, Debian package ──────────────────────────────────────────────────
GATEWAY_LIBS := libevent_core:libevent-dev libevent_extra:libevent-dev sqlite3:libsqlite3-dev yaml-0.1:libyaml-dev \
                libutf8proc:libutf8proc-dev libical:libical-dev jansson:libjansson-dev libsystemd:libsystemd-dev \
                libsodium:libsodium-dev libcurl:libcurl4-openssl-dev
MODEM_LIBS   := gammu:libgammu-dev
TEST_LIBS    := cmocka:libcmocka-dev
NEEDED       := $(GATEWAY_LIBS) $(MODEM_LIBS) $(if $(filter check unit-tests,$(MAKECMDGOALS)),$(TEST_LIBS))
ifeq ($(filter clean help,$(MAKECMDGOALS)),)
  ifeq ($(shell command -v pkg-config),)
    $(error pkg-config is missing: apt-get install pkg-config)
  endif
  missing := $(foreach l,$(NEEDED),$(if $(shell pkg-config --exists $(firstword $(subst :, ,$(l))) && echo y),,$(lastword $(subst :, ,$(l)))))
  ifneq ($(strip $(missing)),)
    $(error missing libraries: apt-get install $(strip $(missing)))
  endif
endif
names = $(foreach l,$(1),$(firstword $(subst :, ,$(l))))
PKG_CFLAGS   := $(shell pkg-config --cflags $(call names,$(GATEWAY_LIBS)) 2>/dev/null)
PKG_LDLIBS   := $(shell pkg-config --libs $(call names,$(GATEWAY_LIBS)) 2>/dev/null) -lm
MODEM_CFLAGS := $(shell pkg-config --cflags gammu 2>/dev/null)
MODEM_LDLIBS := $(shell pkg-config --libs gammu 2>/dev/null)

# ── flags; the user's CFLAGS and LDFLAGS come last ──────────────────────────────────────────────
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
            -Wvla -Wundef -Wpointer-arith -Wformat=2 -Wno-format-nonliteral
ifneq ($(DEVELOPER),)
  WARNINGS += -Werror
endif
SAN_asan := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1
SAN_fuzz := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -O1
SAN_     := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
BASE_CFLAGS := -std=gnu11 -g $(WARNINGS) $(SAN_$(SAN)) -D_GNU_SOURCE -Igateway -Ihandlers \
    -DNHACVIEC_VERSION='"$(VERSION)"' -DNHACVIEC_PREFIX='"$(PREFIX)"' \
    -DNHACVIEC_SYSCONFDIR='"$(SYSCONFDIR)"' -DNHACVIEC_STATEDIR='"$(STATEDIR)"'
BASE_LDFLAGS := $(if $(SAN),-fsanitize=address$(comma)undefined,-pie -Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now)

# Objects carry PREFIX and the like: they are made anew when the flags change.
FLAGS_FILE := $(B)/flags-in-use
ifeq ($(filter clean help,$(MAKECMDGOALS)),)
  ifneq ($(file <$(FLAGS_FILE)),$(BASE_CFLAGS) $(CFLAGS))
    $(shell mkdir -p $(B))
    $(file >$(FLAGS_FILE),$(BASE_CFLAGS) $(CFLAGS))
  endif
endif

# ── rooms ───────────────────────────────────────────────────────────────────────────────────────
PURE_ROOMS    := base text plan understand
GATEWAY_ROOMS := document rehearsal loop store ledger channel outbox inbox scheduler
sources = $(sort $(wildcard $(foreach r,$(1),gateway/$(r)/*.c)))
PURE_SRC     := $(call sources,$(PURE_ROOMS))
GATEWAY_SRC  := $(call sources,$(GATEWAY_ROOMS)) $(sort $(wildcard gateway/store/*/*.c))
HANDLER_SRC  := $(sort $(wildcard handlers/*/*.c))
DAEMON_SRC   := $(call sources,daemon)
MODEM_SRC    := $(call sources,modem)
MODEM_BASE   := $(call sources,base)
object = $(patsubst %.c,$(B)/obj/%.o,$(1))

UNIT_SRC  := $(sort $(wildcard tests/unit/*/test_*.c))
PORT_SRC  := $(sort $(wildcard tests/conformance/test_*.c))
UNIT_EXE  := $(patsubst tests/%.c,$(B)/tests/%,$(UNIT_SRC) $(PORT_SRC))

all: $(B)/nhacviec $(B)/nhacviec-modem ## build the two programs

$(B)/libpure.a: $(call object,$(PURE_SRC))
$(B)/libgateway.a: $(call object,$(GATEWAY_SRC))
$(B)/libhandlers.a: $(call object,$(HANDLER_SRC) $(filter-out gateway/daemon/main.c,$(DAEMON_SRC)))
%.a:
	@mkdir -p $(@D); rm -f $@
	$(Q)ar rcs $@ $^

$(B)/nhacviec: $(call object,gateway/daemon/main.c) $(B)/libhandlers.a $(B)/libgateway.a $(B)/libpure.a
	@echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LDLIBS)

$(B)/nhacviec-modem: $(call object,$(MODEM_SRC) $(MODEM_BASE))
	@echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ $(MODEM_LDLIBS)

$(B)/obj/gateway/modem/%.o: gateway/modem/%.c Makefile $(FLAGS_FILE)
	@mkdir -p $(@D); echo "  CC   $<"
	$(Q)$(CC) $(BASE_CFLAGS) $(MODEM_CFLAGS) -MMD -MP $(CFLAGS) -c -o $@ $<

$(B)/obj/%.o: %.c Makefile $(FLAGS_FILE)
	@mkdir -p $(@D); echo "  CC   $<"
	$(Q)$(CC) $(BASE_CFLAGS) $(PKG_CFLAGS) -MMD -MP $(CFLAGS) -c -o $@ $<

# It carries the example plan (.incbin), which the compiler's own dependencies do not name.
$(B)/obj/handlers/command/understand_world.o: config/plans/trung-khanh-2020.yaml

# Unit tests of the pure rooms link libpure alone: a pure file that reaches for SQLite or libevent
# does not link. Tests of nhacviec-modem's own files take its objects without main.
pure_tests := $(foreach r,$(PURE_ROOMS),$(B)/tests/unit/$(r)/%)
$(filter $(pure_tests),$(UNIT_EXE)): $(B)/tests/%: $(B)/obj/tests/%.o $(B)/libpure.a
	@mkdir -p $(@D); echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ -lutf8proc -lical -lm -lcmocka
modem_tests := $(filter $(B)/tests/unit/modem/%,$(UNIT_EXE))
$(modem_tests): $(B)/tests/%: $(B)/obj/tests/%.o $(call object,$(filter-out gateway/modem/main.c,$(MODEM_SRC)) $(MODEM_BASE)) $(B)/libpure.a
	@mkdir -p $(@D); echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ -lutf8proc -lical $(MODEM_LDLIBS) -lcmocka
$(filter-out $(filter $(pure_tests),$(UNIT_EXE)) $(modem_tests),$(UNIT_EXE)): $(B)/tests/%: $(B)/obj/tests/%.o $(B)/libhandlers.a $(B)/libgateway.a $(B)/libpure.a
	@mkdir -p $(@D); echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LDLIBS) -lcmocka
$(B)/obj/tests/unit/modem/%.o: PKG_CFLAGS += $(MODEM_CFLAGS)

unit-tests: $(UNIT_EXE) ## build the unit and conformance tests

check: all unit-tests ## build and run every test
	$(Q)scripts/run-tests $(B)

# ── fuzzing: each tests/fuzz/fuzz_X.c for FUZZ_SECONDS, from the seeds that it knows ─────────────
CLANG        ?= clang-14
FUZZ_SECONDS ?= 5
FUZZ_SRC     := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_EXE     := $(patsubst tests/fuzz/%.c,$(B)/%,$(FUZZ_SRC))
seeds_config    := config
seeds_yaml_plan := config/plans
seeds_recipients := config/recipients
seeds_provider := config/providers
seeds_of = $(wildcard tests/fuzz/seeds/$(1)) $(seeds_$(1))

$(B)/fuzz_%: $(B)/obj/tests/fuzz/fuzz_%.o $(B)/libhandlers.a $(B)/libgateway.a $(B)/libpure.a
	@echo "  LINK $@"
	$(Q)$(CC) -fsanitize=fuzzer,address,undefined $(LDFLAGS) -o $@ $^ $(PKG_LDLIBS)

fuzz-programs: $(FUZZ_EXE)

FUZZ         ?= $(patsubst tests/fuzz/fuzz_%.c,%,$(FUZZ_SRC))

fuzz: ## build the fuzz targets with clang, run each for FUZZ_SECONDS (FUZZ=NAME: that one)
	$(Q)$(MAKE) --no-print-directory B=build/fuzz SAN=fuzz CC="$(CLANG)" $(FUZZ:%=build/fuzz/fuzz_%)
	$(Q)$(foreach t,$(FUZZ),mkdir -p build/fuzz/corpus/$(t) && \
	    { build/fuzz/fuzz_$(t) -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=1024 \
	    -print_final_stats=1 -artifact_prefix=build/fuzz/$(t)- build/fuzz/corpus/$(t) \
	    $(call seeds_of,$(t)) >build/fuzz/$(t).log 2>&1 || \
	    { tail -n 60 build/fuzz/$(t).log; exit 1; }; } && \
	    sed -n 's/^stat::number_of_executed_units: */  FUZZ $(t) /p' build/fuzz/$(t).log &&) true

# ── installing; never over a configuration that is there ────────────────────────────────────────
BINDIR     = $(DESTDIR)$(PREFIX)/bin
LIBEXECDIR = $(DESTDIR)$(PREFIX)/libexec/nhacviec
SHAREDIR   = $(DESTDIR)$(PREFIX)/share/nhacviec
DOCDIR     = $(DESTDIR)$(PREFIX)/share/doc/nhacviec
UNITDIR    = $(DESTDIR)$(PREFIX)/lib/systemd/system
USERSDIR   = $(DESTDIR)$(PREFIX)/lib/sysusers.d
UDEVDIR    = $(DESTDIR)$(if $(filter /usr,$(PREFIX)),/usr/lib/udev,/etc/udev)/rules.d
CONFIGDIR  = $(DESTDIR)$(SYSCONFDIR)/nhacviec

install: all ## install the programs, their files, the systemd unit and the udev rules
	install -d $(BINDIR) $(LIBEXECDIR) $(SHAREDIR)/texts $(SHAREDIR)/holidays $(SHAREDIR)/plans \
	    $(SHAREDIR)/providers $(SHAREDIR)/recipients $(DOCDIR) $(UNITDIR) $(USERSDIR) $(UDEVDIR) $(CONFIGDIR)
	install -d -m 0750 $(DESTDIR)$(STATEDIR)
	install -m 0755 $(B)/nhacviec $(BINDIR)/nhacviec
	install -m 0755 $(B)/nhacviec-modem $(LIBEXECDIR)/nhacviec-modem
	install -m 0644 config/texts/*.yaml $(SHAREDIR)/texts
	install -m 0644 config/holidays/*.ics $(SHAREDIR)/holidays
	install -m 0644 config/plans/*.yaml $(SHAREDIR)/plans
	install -m 0644 config/providers/*.yaml $(SHAREDIR)/providers
	install -m 0644 config/operators.yaml $(SHAREDIR)/operators.yaml
	install -m 0644 config/recipients/* $(SHAREDIR)/recipients
	install -m 0644 config/nhacviec.yaml $(SHAREDIR)/nhacviec.yaml
	install -m 0644 README.md README.vi.md COPYING docs/providers.md docs/providers.vi.md $(DOCDIR)
	sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@SYSCONFDIR@|$(SYSCONFDIR)|g' \
	    packaging/nhacviec.service.in >$(UNITDIR)/nhacviec.service
	chmod 0644 $(UNITDIR)/nhacviec.service
	install -m 0644 packaging/nhacviec.sysusers $(USERSDIR)/nhacviec.conf
	install -m 0644 packaging/60-nhacviec-modem.rules $(UDEVDIR)/60-nhacviec-modem.rules

uninstall: ## remove what install laid down; configuration and state stay
	rm -f $(BINDIR)/nhacviec $(UNITDIR)/nhacviec.service $(USERSDIR)/nhacviec.conf \
	    $(UDEVDIR)/60-nhacviec-modem.rules
	rm -rf $(LIBEXECDIR) $(SHAREDIR) $(DOCDIR)

measure-replies: all ## have the labelled texts read, count what is misread (FAILURES=1: list)
	$(Q)tests/replies/measure --program $(B)/nhacviec $(if $(FAILURES),--failures)

bench-modem: all ## measure speed and size on the virtual modem (10 minutes)
	$(Q)/usr/bin/python3 tests/bench/bench_modem.py $(B) $(BENCH)

$(B)/bench_tick: $(B)/obj/tests/bench/bench_tick.o $(B)/libhandlers.a $(B)/libgateway.a $(B)/libpure.a
	@echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LDLIBS)

$(B)/bench_understand: $(B)/obj/tests/bench/bench_understand.o $(B)/libpure.a
	@echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ -lutf8proc -lical -lm

$(B)/bench_http: $(B)/obj/tests/bench/bench_http.o $(B)/libhandlers.a $(B)/libgateway.a $(B)/libpure.a
	@echo "  LINK $@"
	$(Q)$(CC) $(BASE_LDFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LDLIBS)

bench-http: $(B)/bench_http ## measure texts a second through an HTTP provider, at 1, 16 and 64 connections
	$(Q)mkdir -p $(B)/bench && $(B)/bench_http $(B)/bench tests/bench/sink.yaml 50000 $(BENCH)

bench-understand: $(B)/bench_understand ## measure how many texts a second are read, what memory one takes
	$(Q)$(B)/bench_understand $(wildcard tests/replies/*.tsv)

bench-planning: all $(B)/bench_tick ## measure what planning costs, and how it grows (10 minutes)
	$(Q)/usr/bin/python3 tests/bench/bench_planning.py $(B) $(BENCH)

clean: ## remove what was built
	rm -rf build

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | awk '{t=$$1; $$1=""; printf "  %-14s%s\n", t, $$0}'

.PHONY: all check measure-replies bench-http bench-understand fuzz fuzz-programs bench-modem bench-planning unit-tests install uninstall clean help
.SECONDARY:
-include $(patsubst %.o,%.d,$(call object,$(PURE_SRC) $(GATEWAY_SRC) $(HANDLER_SRC) $(DAEMON_SRC) $(MODEM_SRC) $(UNIT_SRC) $(PORT_SRC) $(FUZZ_SRC)))
