/*
 * Owns: SIGHUP: the configuration and the texts are read again, or nothing changes.
 * May use: document/, the parts' policies.
 * Must not know: how the parts use them.
 */
#include "daemon/daemon.h"

#include "base/log.h"

#include <stdlib.h>

static void log_complaints(const struct complaints *complaints)
{
	for (size_t i = 0; i < complaints->count; i++)
		log_event(complaints->items[i].warning ? LOG_WARNING : LOG_ERROR,
		    "daemon.reload-complaint", "at=%s:%d why=%s", complaints->items[i].file,
		    complaints->items[i].line, log_quote(complaints->items[i].text).text);
}

static void take_over(struct daemon *daemon, struct arena *config_arena,
    const struct config *config, struct arena *texts_arena, struct texts *texts)
{
	/* Channels and paths of the first configuration stay in use, so its arena lives on inside
	 * the new one's life: it is freed at the end, with the daemon. */
	arena_adopt(config_arena, daemon->config_arena);
	arena_adopt(texts_arena, daemon->texts_arena);
	daemon->config_arena = config_arena;
	daemon->config = *config;
	daemon->texts_arena = texts_arena;
	daemon->machine.texts = texts;
	plan_cache_clear(daemon->machine.plans);
	const struct outbox_policy outbox_policy =
	    policy_of_outbox(config, &daemon->machine.tables);
	struct compose_policy compose_policy = policy_of_compose(config, &daemon->machine.tables);
	compose_policy.text = machine_text;
	compose_policy.text_arg = &daemon->machine;
	const struct inbox_policy inbox_policy = policy_of_inbox(config);
	policy_set_log(config, daemon->context->debug);
	scheduler_set_policy(daemon->machine.scheduler, &compose_policy);
	inbox_set_policy(daemon->machine.inbox, &inbox_policy);
	outbox_set_policy(daemon->machine.outbox, &outbox_policy);
}

void daemon_reload(void *arg)
{
	struct daemon *daemon = arg;
	struct arena *config_arena = arena_new(), *texts_arena = arena_new();
	struct complaints *complaints = memory_new(sizeof *complaints);
	struct config config = {0};
	struct texts *texts = NULL;
	complaints->arena = texts_arena;
	loop_service_notify(daemon->machine.loop, "RELOADING=1");
	config_load(config_arena, daemon->context->config, &config, complaints);
	if (complaints->errors == 0)
		config_compare_for_reload(&daemon->config, &config, complaints);
	if (complaints->errors == 0)
		texts = texts_load(texts_arena, config.texts_dir, complaints);
	log_complaints(complaints);
	if (complaints->errors == 0) {
		take_over(daemon, config_arena, &config, texts_arena, texts);
		log_event(LOG_INFO, "daemon.reloaded", "config=%s", daemon->context->config);
	} else {
		log_event(LOG_ERROR, "daemon.reload-refused", "errors=%zu advice=%s",
		    complaints->errors, log_quote("nothing was changed").text);
		arena_free(config_arena);
		arena_free(texts_arena);
	}
	free(complaints);
	loop_service_notify(daemon->machine.loop, "READY=1");
}
