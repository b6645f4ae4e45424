//! The rules of the ledger's house: SQL in the store only, JSON in the wire only, and nothing of the world but the file.

use std::fs;
use std::path::Path;

/// Longest file, in lines: what can be read in one sitting.
const LONGEST_FILE: usize = 720;

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut left = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.lines().count() <= LONGEST_FILE, "{}", path.display());
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let bare: Vec<&str> =
                code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, bare.join("\n")));
        }
    }
    assert!(found.len() > 15, "the sources are found");
    found
}

#[test]
fn sql_stands_in_the_store_and_json_in_the_wire() {
    for (name, code) in sources() {
        let is_store = name.starts_with("store/");
        for sql in ["SELECT ", "INSERT ", "DELETE ", "UPDATE ", "PRAGMA "] {
            assert!(is_store || !code.contains(sql), "{name} has {sql}");
        }
        assert!(name == "wire.rs" || !code.contains("serde_json"), "{name} knows JSON");
        for outside in ["std::net", "std::env", "std::process", "Instant::", "SystemTime", "println!"] {
            assert!(!code.contains(outside), "{name} has {outside}");
        }
    }
}
