//! Fetching what stands at an address, politely and within limits.
//!
//! Two kinds of [`Fetch`]: the network and a folder of saved answers. A fetch is bounded in time, in
//! bytes after unpacking and in redirects, and never reaches an inside address unless the operator
//! allowed its net.

use ipnet::IpNet;
use std::time::Duration;

/// The limits and manners of fetching.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The longest that one fetch may take, from the first look-up to the last byte, redirects included.
    pub timeout: Duration,
    /// The longest body that is read, in bytes after unpacking.
    pub max_body_bytes: usize,
    /// How many fetches from one host may run at once; at least 1.
    pub per_host: usize,
    /// How many redirects are followed.
    pub max_redirects: usize,
    /// Nets of private addresses that may be reached all the same, such as `127.0.0.0/8`.
    pub allow_private: Vec<IpNet>,
    /// How dateline names itself to the sites that it reads.
    pub user_agent: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            max_body_bytes: 10 * 1024 * 1024,
            per_host: 2,
            max_redirects: 5,
            allow_private: Vec::new(),
            user_agent: concat!("dateline/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}
