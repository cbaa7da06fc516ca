//! Nmap's XML (`-oX`): open ports, and what its scripts say of vulnerabilities.

mod scan;

use self::scan::Scan;
use crate::evidence::xml::Node;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::model::Reading;

pub(super) struct Nmap;

impl Format for Nmap {
    fn id(&self) -> &'static str {
        "nmap"
    }

    fn about(&self) -> About {
        About {
            tool: "Nmap",
            recognised: "the root element `nmaprun`",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`time` of `finished`").version("`version`"),
            source: "https://nmap.org/book/nmap-dtd.html",
            clean: "Ports of a host that is up were scanned, and none is open.",
            vacuous: "0 hosts up; no port scanned, as `-sn` leaves it; a scan that did not finish, or ended with an error.",
            blank: Blanks::NONE,
            notes: &[
                "An open port is a finding of severity info, `443/tcp`, of its host; closed and filtered ones are none, and `open|filtered` is one.",
                "Where a script says VULNERABLE, or LIKELY VULNERABLE, that is a finding without a severity.",
                "A host that Nmap gave up (`--host-timeout`) is counted in `findings.unchecked`.",
                "Under `-Pn` every host is up (`user-set`): one from which nothing came back, no port closed or open, is counted in `findings.unchecked`, and a scan of such alone proves nothing.",
                "Nmap before 5.50 says that a scan finished, and not how: that is a success.",
                "Of hosts that are down nothing is known; how many is told.",
                "A port that was not asked for stands nowhere: bind the arguments by `data`, where it matters.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(sniff.xml().is_some_and(|root| root.name == "nmaprun"))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "Nmap");
        let mut scan = Scan::of(input.findings());
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => scan.open(&tag, &mut xml, &mut reading)?,
                Node::Close(end) => scan.close(end.name()),
            }
        }
        scan.settle(&mut reading);
        Ok(reading)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn scan(ports: &str, end: &str) -> String {
        format!(
            r#"<!DOCTYPE nmaprun><nmaprun scanner="nmap" version="7.93"><scaninfo type="syn" protocol="tcp"/><host>
            <status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/><ports>{ports}</ports></host>
            <runstats>{end}</runstats></nmaprun>"#
        )
    }

    const END: &str =
        r#"<finished time="1700000000" exit="success"/><hosts up="1" down="0" total="1"/>"#;

    fn port(state: &str, inside: &str) -> String {
        format!(
            r#"<port protocol="tcp" portid="443"><state state="{state}"/><service name="https" product="nginx"
            version="1.18"/>{inside}</port>"#
        )
    }

    #[test]
    fn a_host_that_was_given_up_is_unchecked() {
        let whole = scan(&port("closed", ""), END);
        for (host, unchecked) in [("<host>", 0), (r#"<host timedout="true">"#, 1)] {
            let read = reading("nmap", &whole.replace("<host>", host));
            assert_eq!(read.facts.findings.unwrap().unchecked, Some(unchecked), "{host}");
        }
    }

    #[test]
    fn a_host_that_is_up_by_the_user_s_word_must_answer() {
        let taken = |ports: &str, up: u64| {
            let end = END.replace("up=\"1\"", &format!("up=\"{up}\""));
            scan(ports, &end)
                .replace("state=\"up\"", "state=\"up\" reason=\"user-set\"")
                .replace("syn", "connect")
        };
        let extra = |state: &str, reason: &str| {
            format!(
                r#"<extraports state="{state}" count="999"><extrareasons reason="{reason}" count="999"/></extraports>"#
            )
        };
        let one = |reason: &str| {
            port("filtered", "")
                .replace("state=\"filtered\"", &format!("state=\"filtered\" reason=\"{reason}\""))
        };
        let silent = "Nothing came back from 1 host";
        let dead = extra("filtered", "no-responses");
        proves(
            "nmap",
            &[
                (&taken(&dead, 1), silent),
                (&taken(&extra("filtered", "net-unreaches"), 1), silent),
                (&taken(&one("no-response"), 1), silent),
                (&taken("", 1), silent),
                (&taken(&extra("closed", "resets"), 1), ""),
                (&taken(&format!("{dead}{}", one("port-unreach")), 1), ""),
                (&taken(&format!("{dead}{}", port("open", "")), 1), ""),
                (&taken(&dead, 2), ""),
            ],
        );
        let read = reading("nmap", &taken(&dead, 2));
        assert_eq!(read.facts.findings.unwrap().unchecked, Some(1));
    }

    #[test]
    fn an_open_port_is_a_finding() {
        for (state, expected) in [("open", 1), ("open|filtered", 1), ("closed", 0), ("filtered", 0)]
        {
            let read = reading("nmap", &scan(&port(state, ""), END));
            assert_eq!(read.produced_at.unwrap().at.unwrap().epoch(), 1_700_000_000);
            let findings = read.facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{state}");
            for one in findings.list.entries() {
                assert_eq!(
                    (one.rule.as_deref(), one.path.as_deref()),
                    (Some("443/tcp"), Some("10.0.0.1"))
                );
                assert_eq!(one.title.as_deref(), Some("https nginx 1.18"));
            }
        }
    }

    #[test]
    fn a_script_says_what_is_vulnerable() {
        let script = |state: &str| {
            format!(
                r#"<script id="ssl-poodle" output="x"><table key="CVE-2014-3566"><elem key="title">SSL POODLE</elem>
                <elem key="state">{state}</elem><table key="ids"><elem>CVE:CVE-2014-3566</elem></table></table></script>"#
            )
        };
        for (state, expected) in
            [("VULNERABLE", 1), ("LIKELY VULNERABLE", 1), ("NOT VULNERABLE", 0)]
        {
            let read = reading("nmap", &scan(&port("closed", &script(state)), END));
            let findings = read.facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{state}");
            for one in findings.list.entries() {
                let told = (one.rule.as_deref(), one.title.as_deref());
                assert_eq!(told, (Some("CVE-2014-3566"), Some("SSL POODLE")));
            }
        }
    }

    #[test]
    fn a_scan_that_saw_nothing_proves_nothing() {
        let none_up = END.replace("up=\"1\"", "up=\"0\"");
        let failed = END.replace("\"success\"", "\"error\" errormsg=\"no route\"");
        let pinged = scan("", END).replace("<scaninfo type=\"syn\" protocol=\"tcp\"/>", "");
        proves(
            "nmap",
            &[
                (&scan(&port("closed", ""), END), ""),
                (&scan("", &none_up), "0 hosts that are up"),
                (&pinged, "scanned no port"),
                (&scan("", &failed), "It says: no route"),
                (&scan("", ""), "did not finish"),
                // As of before 5.50.
                (&scan(&port("closed", ""), &END.replace(" exit=\"success\"", "")), ""),
                (&scan("", &none_up.replace(" exit=\"success\"", "")), "0 hosts that are up"),
            ],
        );
    }
}
