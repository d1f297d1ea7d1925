import { describe, expect, test } from 'vitest'
import { effectOfName, serviceOf, wordsOf } from './tool-lexicon.ts'

test.each([
  ['list_directory', 'read'],
  ['searchIssues', 'read'],
  ['read-text-file', 'read'],
  ['mcp__github__get_pull_request', 'read'],
  ['lookUpOrder', 'read'],
  ['create_or_update_file', 'write'],
  ['search_and_book', 'write'],
  ['slack.post_message', 'write'],
  ['sendEmail', 'write'],
  ['move_file', 'write'],
  ['browser_click', 'session'],
  ['cd', 'session'],
  ['logIn', 'session'],
  ['list_open_orders', 'read'],
  ['get_file_history', 'read'],
  ['search_replace', 'write'],
  ['list_remove', 'write'],
  ['test_deploy', 'write'],
  ['hash_delete', 'write'],
  ['tree_insert', 'write'],
  ['resolve_ticket', 'write'],
  ['resolve_user_id', 'write'],
  ['resolve_hostname', 'read'],
  ['resolve_host_alert', 'write'],
  ['file_read', 'read'],
  ['file_search', 'read'],
  ['file_claim', 'write'],
  ['file_read_and_delete', 'write'],
  ['notebook_read', 'read'],
  ['npm_check_updates', undefined],
  ['npm_audit', undefined],
  ['todo_list', undefined],
  ['scrape_url', 'read'],
  ['git_blame', 'read'],
  ['get_access_token', 'session'],
  ['list_access_tokens', 'read'],
  ['swipe', 'session'],
  ['get_sleep_hours', 'read'],
  ['get_or_create_user', 'write'],
  ['ask_user', 'session'],
  ['request_approval', 'session'],
  ['confirm', 'session'],
  ['browser_select_option', 'session'],
  ['browser_evaluate', 'session'],
  ['order_history', 'read'],
  ['order_status_update', 'write'],
  ['order_and_search', 'write'],
  ['email_details', 'write'],
  ['convert_file', 'write'],
  ['extract_archive', 'write'],
  ['get_next_job', undefined],
  ['fetch_and_ack', 'write'],
  ['find_and_mangle', undefined],
  ['find_flights_and_hotels', 'read'],
  ['get_lock', 'write'],
  ['get_claim', 'read'],
  ['verify_otp', 'write'],
  ['verify_identity', 'session'],
  // What may be done to a list, a view, a query, a check: a reader's word that is not the first verb is a noun.
  ['power_off', 'write'],
  ['reorder_list', 'write'],
  ['void_check', undefined],
  ['frob_query', undefined],
  ['frob_search_index', undefined],
  ['rebuild_search_index', 'write'],
  ['refresh_materialized_view', 'write'],
  ['refresh_and_get_dashboard', 'write'],
  ['frob_and_get_dashboard', undefined],
  ['acme_frob_and_get', undefined],
  ['find_files_and_frob', undefined],
  ['schema_migrate', 'write'],
  ['schema_frob', undefined],
  ['frob_status', undefined],
  ['list_pop', 'write'],
  ['list_sort', undefined],
  ['view_update', undefined],
  ['lint_fix', 'write'],
  ['check_checkbox', 'write'],
  ['git_fetch', 'write'],
  ['ping_channel', undefined],
  ['recall_message', 'write'],
  ['browse_to', 'session'],
  ['get_human_input', 'session'],
  ['vacuum_analyze', 'write'],
  ['show_notification', 'write'],
  ['suggest_edit', 'write'],
  ['get_rid_of', 'write'],
  ['validate_ticket', 'write'],
  ['check_ticket_in', undefined],
  ['fetch_origin', 'write'],
  ['preview_deploy', undefined],
  // Their look-alikes.
  ['show_messages', 'read'],
  ['list_notifications', 'read'],
  ['suggest_time', 'read'],
  ['validate_coupon', 'read'],
  ['check_inbox', 'read'],
  ['fetch_all', 'read'],
  ['configuration_view', 'read'],
  ['channels_list', 'read'],
  ['get_list', 'read'],
  ['list_updates', 'read'],
  ['view_order', 'read'],
  ['get_query_plan', 'read'],
  ['get_refresh_token', 'read'],
  ['collection_schema', 'read'],
  ['schema_details', 'read'],
  ['user_status', 'read'],
  ['pull_request_read', 'read'],
  ['issue_read', 'read'],
  ['acme_get_widget', 'read'],
  ['browse_products', 'read'],
  ['search_by_name_and_city', 'read'],
  ['read_file', 'read'],
  ['view_file', 'read'],
  ['fetch_url', 'read'],
  ['frobnicate', undefined],
  ['', undefined],
])('%s: %s', (name, effect) => {
  expect(effectOfName(name)).toBe(effect)
})

test.each([
  ['mcp__github__get_issue', 'github'],
  ['Files.readText', 'files'],
  ['get_issue', ''],
])('%s belongs to "%s"', (name, service) => {
  expect(serviceOf(name)).toBe(service)
})

test.each([
  ['listOpenOrders', 'list open orders'],
  ['getHTMLPage', 'get html page'],
  ['HTML', 'html'],
  ['XYz', 'x yz'],
])('%s is %s', (name, words) => {
  expect(wordsOf(name).join(' ')).toBe(words)
})

test('words of a long text in capitals are told in one pass', () => {
  // With a search from each letter this takes a quarter of an hour.
  expect(wordsOf('ACGT'.repeat(200_000))).toHaveLength(1)
})

describe('tool names of well-known MCP servers', () => {
  const READS =
    'read_file read_text_file read_media_file read_multiple_files list_directory list_directory_with_sizes directory_tree ' +
    'search_files get_file_info list_allowed_directories git_status git_diff_unstaged git_diff_staged git_diff git_log ' +
    'git_show search_repositories get_file_contents list_commits list_issues search_code search_issues search_users ' +
    'get_issue get_pull_request list_pull_requests get_pull_request_files get_pull_request_status ' +
    'get_pull_request_comments get_pull_request_reviews get_me list_branches list_tags get_commit get_job_logs ' +
    'slack_list_channels slack_get_channel_history slack_get_thread_replies slack_get_users slack_get_user_profile ' +
    'conversations_history channels_list query read_query list_tables describe_table list_schemas list_objects ' +
    'get_object_details explain_query analyze_db_health get_top_queries read_graph search_nodes fetch brave_web_search ' +
    'brave_local_search maps_geocode maps_reverse_geocode maps_search_places maps_place_details maps_elevation ' +
    'maps_directions get_current_time sequentialthinking jira_get_issue jira_search gdrive_search list_customers find ' +
    'aggregate count collection-schema list-databases kubectl_get kubectl_describe kubectl_logs WebSearch WebFetch Read ' +
    'Grep Glob LS web_search file_search retrieve_from_aws_kb get-library-docs firecrawl_search tavily-search list_events'
  const DEEDS =
    'write_file edit_file create_directory move_file git_commit git_add git_reset git_create_branch git_init git_checkout ' +
    'create_or_update_file create_repository push_files create_issue create_pull_request fork_repository create_branch ' +
    'update_issue add_issue_comment create_pull_request_review merge_pull_request update_pull_request_branch delete_file ' +
    'assign_copilot_to_issue request_copilot_review slack_post_message slack_reply_to_thread slack_add_reaction ' +
    'conversations_add_message write_query create_table append_insight create_entities create_relations ' +
    'add_observations delete_entities jira_create_issue jira_transition_issue jira_add_comment create_customer ' +
    'create_refund set delete insert-many update-many drop-collection create-index rename-collection kubectl_apply ' +
    'kubectl_delete kubectl_scale Write Edit MultiEdit NotebookEdit TodoWrite apply_patch str_replace_editor run_command ' +
    'execute_command execute_sql apply_migration send_email create_event respond_to_event upload_file Bash Task ' +
    'fill fill_form new_page select_page close_page take_snapshot evaluate_script computer'
  const SESSIONS =
    'browser_navigate browser_click browser_snapshot browser_take_screenshot browser_type browser_press_key ' +
    'browser_select_option browser_tab_new browser_close browser_console_messages browser_wait_for browser_evaluate ' +
    'browser_file_upload browser_handle_dialog puppeteer_navigate puppeteer_screenshot puppeteer_fill puppeteer_evaluate ' +
    'navigate_page take_screenshot click hover wait_for begin_transaction commit_transaction switch-connection connect login'

  test.each(READS.split(' '))('%s looks', (name) => expect(effectOfName(name)).toBe('read'))
  test.each(SESSIONS.split(' '))('%s is a session', (name) => expect(effectOfName(name)).toBe('session'))
  // Unknown is treated as a write.
  test.each(DEEDS.split(' '))('%s is never taken for a look', (name) => expect(effectOfName(name)).not.toBe('read'))
})
