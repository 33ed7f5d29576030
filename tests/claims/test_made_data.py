"""The made-up articles that comparisons are tested with: they load clean, alone and beside the real ones."""

from extract.claims.collection import Collection


def test_made_up_articles_are_sound(made_collection: Collection) -> None:
    assert len(made_collection.sources) == 6
    assert {checked.province.slug for checked in made_collection.claims} == {
        "vi-du-dong",
        "vi-du-tay",
        "vi-du-nam",
        "vi-du-bac",
        "vi-du-trung",
    }


def test_made_up_articles_stand_beside_the_real_ones(
    collection: Collection, made_collection: Collection, made_beside_real: Collection
) -> None:
    assert {checked.claim.id for checked in made_beside_real.claims} == {
        checked.claim.id for checked in (*collection.claims, *made_collection.claims)
    }


def test_place_of_a_claim_is_its_coverage_where_none_stands_on_it(made_collection: Collection) -> None:
    kinds = {checked.claim.id: checked.coverage and checked.coverage.kind for checked in made_collection.claims}
    assert kinds["vi-du-tay-2021-self-managed-models"] == "province"
    assert kinds["vi-du-tay-2021-doi-thu-self-managed-models"] == "place"
