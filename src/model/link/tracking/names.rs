//! Names that track on any host. A name is here only if no page can be told by it.

/// Beginnings of names, sorted; none begins with another.
#[rustfmt::skip]
pub(super) const PREFIXES: &[&str] = &[
    "__hs", "at_custom", "at_recipient", "hsa_", "matomo_", "mtm_", "oft_", "piwik_", "stm_", "utm-", "utm_",
    "wt_mc", "wt_zmc",
];

/// Whole names, sorted.
#[rustfmt::skip]
pub(super) const NAMES: &[&str] = &[
    ".tsrc", "__s", "__source", "__twitter_impression", "_bhlid", "_branch_match_id", "_branch_referrer",
    "_bta_c", "_bta_tid", "_ga", "_gac", "_gl", "_guc_consent_skip", "_hsenc", "_hsmi", "_ke", "_kx",
    "_openstat", "_trkparms", "_trksid", "action_object_map", "action_ref_map", "action_type_map",
    "algo_exp_id", "algo_expid", "algo_pvid", "at_audience", "at_bbc_team", "at_campaign",
    "at_campaign_type", "at_channel", "at_creation", "at_detail_placement", "at_emitter", "at_format",
    "at_general_placement", "at_identifier", "at_link_id", "at_link_origin", "at_link_type", "at_medium",
    "at_platform", "at_ptr_name", "at_send_date", "at_source", "at_term", "at_variant", "at_xt", "awc",
    "bbeml", "bsft_aaid", "bsft_clkid", "bsft_eid", "bsft_ek", "bsft_lx", "bsft_mid", "bsft_mime_type",
    "bsft_tv", "bsft_uid", "bxid", "cjdata", "cjevent", "ck_subscriber_id", "cm_cr", "cm_ite", "cm_lm",
    "cm_mmc", "cm_mmc_o", "cm_mmca1", "cm_mmca2", "cm_mmca3", "cm_mmca4", "cm_re", "cm_sp", "cmpid",
    "cndid", "dclid", "dicbo", "dm_i", "dm_t", "echobox", "ef_id", "efl_linkid", "elq", "elqaid", "elqak",
    "elqat", "elqcampaignid", "elqcst", "elqtrack", "elqtrackid", "epik", "ertag", "et_rid",
    "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "fbclid", "ga_campaign", "ga_content",
    "ga_medium", "ga_source", "ga_term", "gad_campaignid", "gad_source", "gbraid", "gclid",
    "gclsrc", "google_vignette", "gs_l", "guccounter", "guce_referrer", "guce_referrer_sig", "hmb_campaign",
    "hmb_medium", "hmb_source", "hsctatracking", "icid", "igsh", "igshid", "inf_contact_key", "ir_adid",
    "ir_campaignid", "ir_partnerid", "irclickid", "irgwc", "itm_campaign", "itm_content", "itm_medium",
    "itm_source", "itm_term", "li_fat_id", "maca", "mc_cid", "mc_eid", "mc_tc", "mibextid",
    "mindbox-click-id", "mindbox-message-key", "mkcid", "mkevt", "mkrid", "mkt_tok", "mkwid",
    "ml_subscriber", "ml_subscriber_hash", "msclkid", "msockid", "mtmcampaign", "ncid", "nr_email_referer",
    "ns_campaign", "ns_fee", "ns_linkname", "ns_mchannel", "ns_source", "ob_click_id", "oborigurl",
    "oly_anon_id", "oly_enc_id", "outbrainclickid", "pk_campaign", "pk_cid", "pk_content", "pk_cpn",
    "pk_group", "pk_keyword", "pk_kwd", "pk_medium", "pk_placement", "pk_source", "pk_vid", "rb_clickid",
    "rdt_cid", "ref_src", "ref_url", "s_cid", "s_kwcid", "sb_referer_host", "sc_campaign", "sc_channel",
    "sc_cid", "sc_content", "sc_country", "sc_eh", "sc_geo", "sc_lid", "sc_medium", "sc_outcome", "sc_src",
    "sc_uid", "sccid", "sfmc_activityid", "sfmc_id", "sfmc_journey_id", "sfmc_sub", "smtyp", "soc_src",
    "soc_trk", "spjobid", "spmailingid", "spref", "spreportid", "spuserid", "sr_share", "srsltid",
    "ss_ad_code", "ss_campaign_id", "ss_campaign_name", "ss_campaign_sent_date", "ss_email_id", "ss_source",
    "tblci", "trk", "trk_contact", "trk_module", "trk_msg", "trk_sid", "trkcampaign", "ttclid",
    "tw_campaign", "tw_source", "twclid", "ucbcb", "vero_conv", "vero_id", "vgo_ee", "wbraid", "wickedid",
    "wickedsource", "wt.mc_ev", "wt.mc_id", "wt.nav", "wt.rss_a", "wt.rss_ev", "wt.rss_f", "wt.srch",
    "wt.tsrc", "wt_ga", "wtrid", "xtatc", "xtcr", "xtnp", "xtor", "yclid", "ymclid", "ysclid", "zanpid",
];

/// Names, sorted, that track only with a value that begins so; with any other, they say what the page is.
#[rustfmt::skip]
pub(super) const VALUES: &[(&str, &[&str])] = &[
    ("ana", &["rss"]),
    ("campaign", &["rss"]),
    ("cid", &["rss", "social-"]),
    ("cmp", &["rss", "share_", "share-", "rsssyndication"]),
    ("emc", &["rss"]),
    ("feature", &["emb_", "rss", "share", "shared", "youtu.be", "youtube_gdata", "player_embedded"]),
    ("feedtype", &["rss"]),
    ("from", &["rss", "feed", "feedburner", "twitter", "facebook", "newsletter"]),
    ("ftag", &["rss", "cad"]),
    ("lsrc", &["rss"]),
    ("mbid", &["rss", "social_", "synd_"]),
    ("medium", &["rss"]),
    ("mod", &["rss", "djem", "rsswn"]),
    ("ocid", &["rss", "socialflow", "social"]),
    ("origin", &["rss"]),
    ("partner", &["rss"]),
    ("r", &["rss"]),
    ("ref", &["rss", "feed", "feedburner", "twitter", "facebook", "newsletter", "share", "hackernews", "producthunt", "tw-share", "fb-share"]),
    ("referer", &["rss"]),
    ("referrer", &["rss"]),
    ("rss", &["rss"]),
    ("smid", &["rss", "tw-", "fb-", "em-", "url-share", "nytcore-"]),
    ("source", &["rss", "feed", "feedburner", "twitter", "facebook", "newsletter"]),
    ("src", &["rss"]),
    ("track", &["rss"]),
    ("via", &["rss"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_in_lower_case() {
        assert!(NAMES.is_sorted() && PREFIXES.is_sorted() && VALUES.is_sorted_by_key(|(name, _)| name));
        assert!(!PREFIXES.windows(2).any(|two| two[1].starts_with(two[0])));
        let values = VALUES.iter().flat_map(|(name, values)| std::iter::once(name).chain(*values));
        for name in PREFIXES.iter().chain(NAMES).chain(values) {
            assert_eq!(*name, name.to_ascii_lowercase());
        }
    }
}
