// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessiontreemodel.h"

#include "models/branchtree.h"
#include "models/sessionlistmodel.h"
#include "models/sessionmatchesmodel.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace diptych;

class TestSessionTreeModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void withoutAStoreItIsEmpty();
    void pinnedThenFoldersThenNewest();
    void changesMoveRowsAndKeepTheRest();
    void theTrashIsLeftOut();
    void branchesAreFetchedWhenUnfolded();
    void newBranchesAppearWhereUnfolded();
    void namesAreAskedFor();
    void dropsAreAskedFor();
    void aFolderIsNotDroppedIntoItself();
    void manyChangesAtOnce();
    void branchTreesAreCompressed();
    void damagedParentsMakeNoLoop();
    void matchesHaveMarks();
    void theTrashListFollows();

private:
    void add(const QString &id, qint64 updatedAt, const QString &folder = {}, bool isPinned = false);
    qint64 addTurn(const QString &id, qint64 parentId, const QString &text);
    [[nodiscard]] QStringList dump(const QModelIndex &parent = {}, int depth = 0) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SessionStore> m_store;
    std::unique_ptr<SessionTreeModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSessionTreeModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = *SessionStore::open(m_directory->filePath(QStringLiteral("sessions.db")));
    m_model = std::make_unique<SessionTreeModel>(m_store.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
}

void TestSessionTreeModel::add(const QString &id, qint64 updatedAt, const QString &folder, bool isPinned)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(updatedAt, Qt::UTC);
    QVERIFY(m_store->save({.id = id,
        .title = QString(QStringLiteral("title ") + id),
        .createdAt = time,
        .updatedAt = time,
        .folder = folder,
        .isPinned = isPinned}));
}

qint64 TestSessionTreeModel::addTurn(const QString &id, qint64 parentId, const QString &text)
{
    Turn turn {.parentId = parentId, .prompt = Message::fromText(Role::User, text)};
    turn.answers = {{.paneId = QStringLiteral("p1"), .state = Answer::State::Complete}};
    return m_store->addTurn(id, turn).value_or(0);
}

QStringList TestSessionTreeModel::dump(const QModelIndex &parent, int depth) const
{
    QStringList lines;
    for (int row = 0; row < m_model->rowCount(parent); ++row) {
        const QModelIndex index = m_model->index(row, 0, parent);
        lines.append(QString(depth, u' ') + index.data().toString());
        lines += dump(index, depth + 1);
    }
    return lines;
}

void TestSessionTreeModel::withoutAStoreItIsEmpty()
{
    SessionTreeModel model(nullptr);
    QAbstractItemModelTester tester(&model);
    QVERIFY(model.isEmpty());
    QVERIFY(!model.indexOf(QStringLiteral("a")).isValid());
}

void TestSessionTreeModel::pinnedThenFoldersThenNewest()
{
    add(QStringLiteral("old"), 1);
    add(QStringLiteral("new"), 9);
    add(QStringLiteral("pin"), 0, {}, true);
    add(QStringLiteral("in"), 5, QStringLiteral("work/Bread"));
    QVERIFY(m_store->library().addFolder(QStringLiteral("Archive")));
    const QStringList expected {QStringLiteral("title pin"), QStringLiteral("Archive"), QStringLiteral("work"),
        QStringLiteral(" Bread"), QStringLiteral("  title in"), QStringLiteral("title new"),
        QStringLiteral("title old")};
    QTRY_COMPARE(dump(), expected);
    QCOMPARE(m_model->indexOf(QStringLiteral("in")).parent(), m_model->indexOfFolder(QStringLiteral("work/Bread")));
}

void TestSessionTreeModel::changesMoveRowsAndKeepTheRest()
{
    add(QStringLiteral("a"), 3);
    add(QStringLiteral("b"), 2);
    add(QStringLiteral("c"), 1);
    QTRY_COMPARE(m_model->rowCount(), 3);
    const QPersistentModelIndex c = m_model->indexOf(QStringLiteral("c"));
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy moved(m_model.get(), &QAbstractItemModel::rowsMoved);
    addTurn(QStringLiteral("c"), 0, QStringLiteral("x"));
    QTRY_COMPARE(dump().first(), QStringLiteral("title c"));
    QVERIFY(c.isValid() && c.row() == 0);
    QVERIFY(m_store->rename(QStringLiteral("b"), QStringLiteral("B")));
    QTRY_COMPARE(dump(), (QStringList {QStringLiteral("title c"), QStringLiteral("title a"), QStringLiteral("B")}));
    QVERIFY(m_store->library().setPlaces({{.id = QStringLiteral("b"), .isPinned = true}}));
    QTRY_COMPARE(dump().first(), QStringLiteral("B"));
    QVERIFY(m_store->library().setPlaces({{.id = QStringLiteral("b")}}));
    QTRY_COMPARE(dump().last(), QStringLiteral("B"));
    QCOMPARE(reset.size(), 0);
    QCOMPARE(moved.size(), 3);
}

void TestSessionTreeModel::theTrashIsLeftOut()
{
    add(QStringLiteral("a"), 1);
    add(QStringLiteral("b"), 2);
    QTRY_COMPARE(m_model->rowCount(), 2);
    QVERIFY(m_store->library().setPlaces({{.id = QStringLiteral("a"), .trashedAt = QDateTime::currentDateTimeUtc()}}));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QVERIFY(m_store->library().setPlaces({{.id = QStringLiteral("a")}}));
    QTRY_COMPARE(m_model->rowCount(), 2);
    QVERIFY(m_store->remove(QStringLiteral("a")));
    QVERIFY(m_store->library().remove({QStringLiteral("b")}));
    QTRY_VERIFY(m_model->isEmpty());
}

void TestSessionTreeModel::branchesAreFetchedWhenUnfolded()
{
    add(QStringLiteral("a"), 1);
    const qint64 first = addTurn(QStringLiteral("a"), 0, QStringLiteral("Begin"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    const QModelIndex session = m_model->index(0, 0);
    QVERIFY(!m_model->hasChildren(session));
    addTurn(QStringLiteral("a"), first, QStringLiteral("Left"));
    const qint64 right = addTurn(QStringLiteral("a"), first, QStringLiteral("Right"));
    QTRY_VERIFY(m_model->hasChildren(m_model->index(0, 0)));
    m_model->fetchMore(m_model->index(0, 0));
    QCOMPARE(dump(), (QStringList {QStringLiteral("title a"), QStringLiteral(" Left"), QStringLiteral(" Right")}));
    const QModelIndex branch = m_model->index(1, 0, m_model->index(0, 0));
    QCOMPARE(branch.data(SessionTreeModel::TurnIdRole).toLongLong(), right);
    QCOMPARE(branch.data(SessionTreeModel::SessionIdRole).toString(), QStringLiteral("a"));
    QCOMPARE(branch.data(SessionTreeModel::DetailRole).toString(), QStringLiteral("1 turn · 1 answer"));
}

void TestSessionTreeModel::newBranchesAppearWhereUnfolded()
{
    branchesAreFetchedWhenUnfolded();
    addTurn(QStringLiteral("a"), 0, QStringLiteral("From the beginning"));
    QTRY_COMPARE(dump().last(), QStringLiteral(" From the beginning"));
    QCOMPARE(dump().size(), 5);
}

void TestSessionTreeModel::namesAreAskedFor()
{
    add(QStringLiteral("a"), 1, QStringLiteral("Work"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QSignalSpy renamed(m_model.get(), &SessionTreeModel::renameRequested);
    QSignalSpy folder(m_model.get(), &SessionTreeModel::folderRenameRequested);
    QVERIFY(m_model->setData(m_model->indexOf(QStringLiteral("a")), QStringLiteral(" New \n name "), Qt::EditRole));
    QCOMPARE(renamed.at(0), (QVariantList {QStringLiteral("a"), QStringLiteral("New name")}));
    QVERIFY(!m_model->setData(m_model->index(0, 0), QStringLiteral(" "), Qt::EditRole));
    QVERIFY(!m_model->setData(m_model->index(0, 0), QStringLiteral("Work"), Qt::EditRole));
    QVERIFY(m_model->setData(m_model->index(0, 0), QStringLiteral("A/B"), Qt::EditRole));
    QCOMPARE(folder.at(0), (QVariantList {QStringLiteral("Work"), QStringLiteral("A-B")}));
}

void TestSessionTreeModel::dropsAreAskedFor()
{
    add(QStringLiteral("a"), 1);
    add(QStringLiteral("b"), 2, QStringLiteral("Work/Inner"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    QSignalSpy moved(m_model.get(), &SessionTreeModel::moveRequested);
    QSignalSpy renamed(m_model.get(), &SessionTreeModel::folderRenameRequested);
    const std::unique_ptr<QMimeData> data(m_model->mimeData(
        {m_model->indexOf(QStringLiteral("a")), m_model->indexOfFolder(QStringLiteral("Work/Inner"))}));
    QVERIFY(!m_model->canDropMimeData(data.get(), Qt::CopyAction, 0, 0, {}));
    QMimeData other;
    other.setText(QStringLiteral("a"));
    QVERIFY(!m_model->canDropMimeData(&other, Qt::MoveAction, 0, 0, {}));
    QVERIFY(m_model->canDropMimeData(data.get(), Qt::MoveAction, -1, -1, {}));
    m_model->dropMimeData(data.get(), Qt::MoveAction, -1, -1, {});
    QCOMPARE(moved.at(0), (QVariantList {QStringList {QStringLiteral("a")}, QString()}));
    QCOMPARE(renamed.at(0), (QVariantList {QStringLiteral("Work/Inner"), QStringLiteral("Inner")}));
}

void TestSessionTreeModel::aFolderIsNotDroppedIntoItself()
{
    add(QStringLiteral("b"), 2, QStringLiteral("Work/Inner"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    const std::unique_ptr<QMimeData> data(m_model->mimeData({m_model->indexOfFolder(QStringLiteral("Work"))}));
    const QModelIndex inner = m_model->indexOfFolder(QStringLiteral("Work/Inner"));
    QVERIFY(!m_model->canDropMimeData(data.get(), Qt::MoveAction, -1, -1, inner));
    QVERIFY(m_model->canDropMimeData(data.get(), Qt::MoveAction, -1, -1, {}));
}

void TestSessionTreeModel::manyChangesAtOnce()
{
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    for (int number = 0; number < 120; ++number)
        add(QString::number(number), number);
    QTRY_COMPARE(m_model->rowCount(), 120);
    QCOMPARE(reset.size(), 1);
}

void TestSessionTreeModel::branchTreesAreCompressed()
{
    const auto turn = [](qint64 id, qint64 parentId) {
        return BranchTurn {.id = id, .parentId = parentId, .excerpt = QString::number(id), .answerCount = 2};
    };
    QVERIFY(branchTree({}).empty());
    QVERIFY(branchTree({turn(1, 0), turn(2, 1), turn(3, 2)}).empty());
    // 1 ─ 2 ┬ 3 ─ 4 ┬ 5
    //       │       └ 7
    //       └ 6
    const std::vector<Branch> tree =
        branchTree({turn(1, 0), turn(2, 1), turn(3, 2), turn(4, 3), turn(5, 4), turn(6, 2), turn(7, 4)});
    QCOMPARE(tree.size(), size_t(2));
    QCOMPARE(tree[0].turnId, 3);
    QCOMPARE(tree[0].turnCount, 2);
    QCOMPARE(tree[0].answerCount, 4);
    QCOMPARE(tree[0].children.size(), size_t(2));
    QCOMPARE(tree[0].children[1].turnId, 7);
    QCOMPARE(tree[1].turnId, 6);
    QVERIFY(tree[1].children.empty());
    // Edited from the first prompt on.
    QCOMPARE(branchTree({turn(1, 0), turn(2, 0)}).size(), size_t(2));
}

void TestSessionTreeModel::damagedParentsMakeNoLoop()
{
    std::vector<BranchTurn> turns {{.id = 1, .parentId = 2}, {.id = 2, .parentId = 1}, {.id = 3, .parentId = 3}};
    QVERIFY(branchTree(turns).empty());
    for (qint64 id = 4; id < 20'000; ++id)
        turns.push_back({.id = id, .parentId = id == 4 ? 0 : id - 1});
    turns.push_back({.id = 20'000, .parentId = 10'000});
    QCOMPARE(branchTree(turns).size(), size_t(2));
}

void TestSessionTreeModel::matchesHaveMarks()
{
    add(QStringLiteral("a"), 1);
    addTurn(QStringLiteral("a"), 0, QStringLiteral("Rye bread"));
    SessionMatchesModel matches(m_store.get());
    QAbstractItemModelTester tester(&matches);
    matches.search(QStringLiteral("bre"));
    QCOMPARE(matches.rowCount(), 1);
    QCOMPARE(matches.index(0).data(SessionMatchesModel::SnippetRole).toString(), QStringLiteral("Rye \2bread\3"));
    QCOMPARE(matches.index(0).data(Qt::ToolTipRole).toString(), QStringLiteral("title a\nRye bread"));
    QVERIFY(matches.index(0).data(SessionMatchesModel::TurnIdRole).toLongLong() > 0);
    matches.search(QStringLiteral("title"));
    QCOMPARE(matches.index(0).data(SessionMatchesModel::TurnIdRole).toLongLong(), 0);
    matches.search(QStringLiteral("  "));
    QCOMPARE(matches.rowCount(), 0);
}

void TestSessionTreeModel::theTrashListFollows()
{
    SessionListModel trash(m_store.get(), nullptr, SessionListModel::Part::Trash);
    SessionListModel listed(m_store.get());
    QAbstractItemModelTester trashTester(&trash);
    QAbstractItemModelTester listedTester(&listed);
    add(QStringLiteral("a"), 1);
    add(QStringLiteral("b"), 2);
    QCOMPARE(listed.rowCount(), 2);
    QCOMPARE(listed.index(0).data(SessionListModel::SessionIdRole).toString(), QStringLiteral("b"));
    QVERIFY(m_store->library().setPlaces(
        {{.id = QStringLiteral("b"), .trashedAt = QDateTime::currentDateTimeUtc().addDays(-10)}}));
    QCOMPARE(listed.rowCount(), 1);
    QCOMPARE(trash.rowCount(), 1);
    QCOMPARE(trash.index(0).data(SessionListModel::DetailRole).toString(), QStringLiteral("goes in 20 days"));
    addTurn(QStringLiteral("a"), 0, QStringLiteral("x"));
    QCOMPARE(listed.index(0).data(SessionListModel::SessionIdRole).toString(), QStringLiteral("a"));
    QVERIFY(m_store->library().remove({QStringLiteral("b")}));
    QCOMPARE(trash.rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestSessionTreeModel)
#include "tst_sessiontreemodel.moc"
