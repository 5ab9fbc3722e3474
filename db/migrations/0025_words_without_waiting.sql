-- Words that wait to be sorted into the index are gone through by every search, up to 4 MB of them after a burst of news: at 100,000 events a third of the search by words.
-- 256 kB wait at most.
ALTER INDEX core.events_words SET (gin_pending_list_limit = 256);
--> statement-breakpoint
SELECT gin_clean_pending_list('core.events_words');
