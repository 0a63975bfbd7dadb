async def test_try(stage):
    ann = stage.person()
    await ann.says("start boundary_builder"); print(ann.lines, ann.step, ann.heard)
    await ann.says("my mum"); print(ann.lines, ann.step)
    await ann.says("no","no","no"); print(ann.lines, ann.step)
    await ann.says("4"); print(ann.lines, ann.step)
    print(stage.rows_in_all())
    assert 0
