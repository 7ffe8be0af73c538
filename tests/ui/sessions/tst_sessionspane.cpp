// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/sessionspane.h"

#include "models/sessiontreemodel.h"
#include "sessions/noticebar.h"
#include "sessions/pdfwriter.h"
#include "sessions/sessionedits.h"
#include "store/sessionlibrary.h"
#include "store/sessionstore.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

using namespace diptych;

class TestSessionsPane : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void withoutAStoreNothingCanGoWrong();
    void anEmptyListSaysWhatToDo();
    void aClickOpensAndChoosingSeveralDoesNot();
    void searchingShowsWhatWasFound();
    void theSearchIsLeftWithEscape();
    void theTrashCanBeUndone();
    void theTrashIsEmptiedOnlyAfterAQuestion();
    void namesAreEditedInPlace();
    void foldersAreMadeMovedAndRemoved();
    void foldersStayOpen();
    void copiesAreMadeByKey();
    void branchesAreOpenedAndCompared();
    void everyMenuEntryHasAName();
    void pdfIsWritten();

private:
    void add(const QString &id, qint64 time, const QString &folder = {});
    qint64 addTurn(const QString &id, qint64 parentId, const QString &text);
    void choose(const QStringList &ids);
    [[nodiscard]] SessionTreeModel *tree() const { return m_pane->findChild<SessionTreeModel *>(); }
    template <typename Widget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return m_pane->findChild<Widget *>(QLatin1String(name));
    }
    [[nodiscard]] QTreeView *view() const { return find<QTreeView>("sessionView"); }
    [[nodiscard]] QMenu *contextMenu(const QModelIndex &index) const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<SessionStore> m_store;
    std::unique_ptr<SessionsPane> m_pane;
};

void TestSessionsPane::init()
{
    m_pane.reset();
    m_store.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = *SessionStore::open(m_directory->filePath(QStringLiteral("sessions.db")));
    m_pane = std::make_unique<SessionsPane>(m_store.get());
    m_pane->resize(240, 400);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
}

void TestSessionsPane::add(const QString &id, qint64 time, const QString &folder)
{
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(time, Qt::UTC);
    QVERIFY(m_store->library().insert({.session = {.id = id,
                                           .title = QString(QStringLiteral("Session ") + id),
                                           .createdAt = at,
                                           .updatedAt = at,
                                           .folder = folder}}));
    QTRY_VERIFY(tree()->indexOf(id).isValid());
}

qint64 TestSessionsPane::addTurn(const QString &id, qint64 parentId, const QString &text)
{
    return m_store->addTurn(id, {.parentId = parentId, .prompt = Message::fromText(Role::User, text)}).value_or(0);
}

void TestSessionsPane::choose(const QStringList &ids)
{
    view()->clearSelection();
    for (const QString &id : ids) {
        view()->selectionModel()->setCurrentIndex(tree()->indexOf(id), QItemSelectionModel::Select);
    }
}

QMenu *TestSessionsPane::contextMenu(const QModelIndex &index) const
{
    Q_EMIT view()->customContextMenuRequested(view()->visualRect(index).center());
    return find<QMenu>("sessionMenu");
}

void TestSessionsPane::withoutAStoreNothingCanGoWrong()
{
    SessionsPane pane(nullptr);
    pane.edits().moveToTrash({QStringLiteral("a")});
    pane.edits().addFolder({});
    pane.edits().remove({QStringLiteral("a")});
    pane.showPage(SessionsPane::Page::Trash);
    QVERIFY(pane.selectedSessions().isEmpty());
}

void TestSessionsPane::anEmptyListSaysWhatToDo()
{
    auto *label = find<QLabel>("emptyLabel");
    QVERIFY(label->isVisible() && label->text().contains(u"ChatGPT"));
    QVERIFY(!view()->isVisible());
    add(QStringLiteral("a"), 1);
    QVERIFY(!label->isVisible());
    QVERIFY(view()->isVisible());
    m_pane->showPage(SessionsPane::Page::Trash);
    QVERIFY(label->text().contains(u"30 days"));
}

void TestSessionsPane::aClickOpensAndChoosingSeveralDoesNot()
{
    add(QStringLiteral("a"), 2);
    add(QStringLiteral("b"), 1);
    QSignalSpy activated(m_pane.get(), &SessionsPane::sessionActivated);
    const auto click = [this](const char *id, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, modifiers,
            view()->visualRect(tree()->indexOf(QLatin1String(id))).center());
    };
    click("a");
    QCOMPARE(activated.size(), 1);
    click("b", Qt::ControlModifier);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(m_pane->selectedSessions().size(), 2);
    QTest::keyClick(view(), Qt::Key_Return);
    QCOMPARE(activated.size(), 2);
    QCOMPARE(activated.at(1).at(0).toString(), QStringLiteral("b"));
}

void TestSessionsPane::searchingShowsWhatWasFound()
{
    add(QStringLiteral("a"), 1);
    const qint64 turn = addTurn(QStringLiteral("a"), 0, QStringLiteral("How is rye bread baked?"));
    auto *edit = find<QLineEdit>("searchEdit");
    auto *list = find<QListView>("matchView");
    QSignalSpy activated(m_pane.get(), &SessionsPane::matchActivated);
    QTest::keyClicks(edit, QStringLiteral("rye bre"));
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QVERIFY(list->isVisible());
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.at(0), (QVariantList {QStringLiteral("a"), turn, QStringLiteral("rye bre")}));
    QTest::keyClicks(edit, QStringLiteral("xyz"));
    QTRY_VERIFY(find<QLabel>("emptyLabel")->isVisible());
    QVERIFY(find<QLabel>("emptyLabel")->text().contains(u"rye brexyz"));
}

void TestSessionsPane::theSearchIsLeftWithEscape()
{
    add(QStringLiteral("a"), 1);
    m_pane->focusSearch();
    auto *edit = find<QLineEdit>("searchEdit");
    QTest::keyClicks(edit, QStringLiteral("nothing"));
    QTRY_VERIFY(find<QLabel>("emptyLabel")->isVisible());
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(view()->isVisible());
    QVERIFY(edit->text().isEmpty());
}

void TestSessionsPane::theTrashCanBeUndone()
{
    add(QStringLiteral("a"), 2);
    add(QStringLiteral("b"), 1, QStringLiteral("Work"));
    view()->expandAll();
    QSignalSpy leaving(m_pane.get(), &SessionsPane::leaving);
    choose({QStringLiteral("a"), QStringLiteral("b")});
    QTest::keyClick(view(), Qt::Key_Delete);
    QCOMPARE(leaving.at(0).at(0).toStringList().size(), 2);
    QTRY_VERIFY(!tree()->indexOf(QStringLiteral("b")).isValid());
    QVERIFY(m_pane->notices().isVisible());
    find<QToolButton>("noticeButton")->click();
    QTRY_VERIFY(tree()->indexOf(QStringLiteral("b")).isValid());
    QVERIFY(!m_pane->notices().isVisible());
    QCOMPARE(
        tree()->indexOf(QStringLiteral("b")).data(SessionTreeModel::FolderRole).toString(), QStringLiteral("Work"));
    // Once more by key, and back out of the trash's own list.
    choose({QStringLiteral("a")});
    QTest::keyClick(view(), Qt::Key_Delete);
    QTRY_VERIFY(!tree()->indexOf(QStringLiteral("a")).isValid());
    QTest::keyClick(view(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(tree()->indexOf(QStringLiteral("a")).isValid());
    QTest::keyClick(view(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(!tree()->indexOf(QStringLiteral("a")).isValid());
    m_pane->showPage(SessionsPane::Page::Trash);
    auto *trash = find<QListView>("trashView");
    QTRY_COMPARE(trash->model()->rowCount(), 1);
    QVERIFY(!find<QToolButton>("restoreButton")->isEnabled());
    trash->setCurrentIndex(trash->model()->index(0, 0));
    find<QToolButton>("restoreButton")->click();
    QTRY_COMPARE(trash->model()->rowCount(), 0);
    QTRY_VERIFY(tree()->indexOf(QStringLiteral("a")).isValid());
}

void TestSessionsPane::theTrashIsEmptiedOnlyAfterAQuestion()
{
    add(QStringLiteral("a"), 1);
    m_pane->edits().moveToTrash({QStringLiteral("a")});
    m_pane->showPage(SessionsPane::Page::Trash);
    find<QToolButton>("emptyTrashButton")->click();
    auto *question = m_pane->findChild<QMessageBox *>();
    QVERIFY(question);
    question->button(QMessageBox::Cancel)->click();
    QCOMPARE(m_store->list()->size(), size_t(1));
    QTRY_VERIFY(!m_pane->findChild<QMessageBox *>());
    find<QToolButton>("emptyTrashButton")->click();
    question = m_pane->findChild<QMessageBox *>();
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QVERIFY(m_store->list()->empty());
    // Undoing what came before changes nothing and fails at nothing.
    m_pane->edits().undoStack().undo();
    QVERIFY(m_store->list()->empty());
}

void TestSessionsPane::namesAreEditedInPlace()
{
    add(QStringLiteral("a"), 1);
    choose({QStringLiteral("a")});
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_F2);
    auto *editor = view()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->setText(QStringLiteral("Better name"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(tree()->indexOf(QStringLiteral("a")).data().toString(), QStringLiteral("Better name"));
    m_pane->edits().undoStack().undo();
    QTRY_COMPARE(tree()->indexOf(QStringLiteral("a")).data().toString(), QStringLiteral("Session a"));
}

void TestSessionsPane::foldersAreMadeMovedAndRemoved()
{
    add(QStringLiteral("a"), 1);
    SessionEdits &edits = m_pane->edits();
    QCOMPARE(edits.addFolder({}), QStringLiteral("New folder"));
    QCOMPARE(edits.addFolder({}), QStringLiteral("New folder 2"));
    edits.move({QStringLiteral("a")}, QStringLiteral("New folder"));
    edits.moveFolder(QStringLiteral("New folder"), QStringLiteral("Work"));
    QCOMPARE(m_store->library().places({QStringLiteral("a")})->at(0).folder, QStringLiteral("Work"));
    QSignalSpy failed(m_pane.get(), &SessionsPane::failed);
    edits.moveFolder(QStringLiteral("New folder 2"), QStringLiteral("Work"));
    QCOMPARE(failed.size(), 1);
    edits.removeFolder(QStringLiteral("Work"));
    QCOMPARE(m_store->library().places({QStringLiteral("a")})->at(0).folder, QString());
    edits.undoStack().undo();
    QCOMPARE(m_store->library().places({QStringLiteral("a")})->at(0).folder, QStringLiteral("Work"));
    edits.undoStack().undo();
    edits.undoStack().undo();
    QCOMPARE(m_store->library().places({QStringLiteral("a")})->at(0).folder, QString());
    edits.undoStack().undo();
    edits.undoStack().undo();
    QCOMPARE(*m_store->library().folders(), QStringList());
}

void TestSessionsPane::foldersStayOpen()
{
    add(QStringLiteral("a"), 1, QStringLiteral("Work"));
    view()->expand(tree()->indexOfFolder(QStringLiteral("Work")));
    m_pane->selectSession(QStringLiteral("a"));
    m_pane->edits().addFolder({}); // read anew
    QVERIFY(view()->isExpanded(tree()->indexOfFolder(QStringLiteral("Work"))));
    QVERIFY(!view()->isExpanded(tree()->indexOfFolder(QStringLiteral("New folder"))));
    QCOMPARE(view()->currentIndex(), tree()->indexOf(QStringLiteral("a")));
}

void TestSessionsPane::copiesAreMadeByKey()
{
    add(QStringLiteral("a"), 1);
    choose({QStringLiteral("a")});
    QTest::keyClick(view(), Qt::Key_D, Qt::ControlModifier);
    QTRY_COMPARE(tree()->rowCount(), 2);
    QCOMPARE(tree()->index(0, 0).data().toString(), QStringLiteral("Session a (copy)"));
}

void TestSessionsPane::branchesAreOpenedAndCompared()
{
    add(QStringLiteral("a"), 1);
    const qint64 first = addTurn(QStringLiteral("a"), 0, QStringLiteral("Begin"));
    const qint64 left = addTurn(QStringLiteral("a"), first, QStringLiteral("Left"));
    const qint64 right = addTurn(QStringLiteral("a"), first, QStringLiteral("Right"));
    QTRY_VERIFY(tree()->hasChildren(tree()->indexOf(QStringLiteral("a"))));
    const QModelIndex session = tree()->indexOf(QStringLiteral("a"));
    view()->expand(session);
    QTRY_COMPARE(tree()->rowCount(session), 2);
    QSignalSpy activated(m_pane.get(), &SessionsPane::branchActivated);
    const QModelIndex branch = tree()->index(1, 0, session);
    QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, view()->visualRect(branch).center());
    QCOMPARE(activated.at(0), (QVariantList {QStringLiteral("a"), right}));
    QSignalSpy compared(m_pane.get(), &SessionsPane::compareRequested);
    contextMenu(branch)->actions().last()->trigger();
    QCOMPARE(compared.at(0), (QVariantList {QStringLiteral("a"), qint64(0), right}));
    view()->selectionModel()->select(tree()->index(0, 0, session), QItemSelectionModel::Select);
    find<QMenu>("sessionMenu")->close();
    QTRY_VERIFY(!find<QMenu>("sessionMenu"));
    contextMenu(branch)->actions().last()->trigger();
    QVERIFY(compared.at(1).contains(left) && compared.at(1).contains(right));
}

void TestSessionsPane::everyMenuEntryHasAName()
{
    add(QStringLiteral("a"), 1, QStringLiteral("A & B"));
    view()->expandAll();
    choose({QStringLiteral("a")});
    const QMenu *menu = contextMenu(tree()->indexOf(QStringLiteral("a")));
    QVERIFY(menu);
    QVERIFY(menu->actions().size() > 6);
    for (const QAction *action : menu->actions())
        QVERIFY(action->isSeparator() || !action->text().isEmpty());
}

void TestSessionsPane::pdfIsWritten()
{
    const QString file = m_directory->filePath(QStringLiteral("out.pdf"));
    QVERIFY(writePdf(QStringLiteral("<h1>Grüße</h1><img src=\"https://example.org/a.png\"><p>text</p>"), file));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().startsWith("%PDF-"));
    QVERIFY(!writePdf({}, m_directory->filePath(QStringLiteral("none/out.pdf"))));
}

QTEST_MAIN(TestSessionsPane)
#include "tst_sessionspane.moc"
