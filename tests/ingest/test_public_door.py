import ingest


def test_the_package_offers_these_names_and_no_others():
    """What `ingest` exports is a promise: adding or losing a name is a decision, made here."""
    assert set(ingest.__all__) == {
        "Evidence",
        "Mention",
        "Page",
        "Problem",
        "ReadingError",
        "Record",
        "Reference",
        "Relation",
        "Signer",
        "Word",
        "read",
        "to_json",
        "understand",
    }
    assert all(hasattr(ingest, name) for name in ingest.__all__)
