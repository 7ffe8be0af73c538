// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/requestview.h"

#include "inspector/bytesview.h"
#include "inspector/changedelegate.h"
#include "models/changelogmodel.h"
#include "models/formatting.h"
#include "models/jsontext.h"
#include "models/requestjson.h"
#include "theme/theme.h"
#include "ui_requestview.h"

#include <QHeaderView>
#include <QTabBar>

namespace diptych {

namespace {

// Data of the box's entries: a kind, or one of these.
constexpr int allKinds = -1;
constexpr int changedKinds = -2;

const QString headerPrefix = QStringLiteral("header ");

} // namespace

RequestView::RequestView(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::RequestView>())
    , m_steps(new QTabBar(this))
    , m_asked(new BytesView(this))
    , m_sent(new BytesView(this))
    , m_changes(new ChangeLogModel(this))
    , m_shownChanges(new ChangeFilter(this))
{
    m_ui->setupUi(this);
    m_steps->setObjectName(QStringLiteral("requestSteps"));
    m_steps->setAccessibleName(tr("Step of the request"));
    m_steps->setDrawBase(false);
    m_steps->setExpanding(false);
    for (const QString &name : {tr("Your request"), tr("Changes"), tr("Bytes sent")})
        m_steps->addTab(name);
    m_steps->setCurrentIndex(SentStep);
    m_ui->stepRow->addWidget(m_steps);
    m_ui->stepRow->addStretch();
    setUpAsked();
    setUpChanges();
    setUpSent();
    connect(m_steps, &QTabBar::currentChanged, this, &RequestView::arrange);
    m_ui->reasonLabel->hide();
    setRequest({});
    arrange();
}

RequestView::~RequestView() = default;

void RequestView::setUpAsked()
{
    makeCaption(m_ui->askedCaption);
    m_asked->setObjectName(QStringLiteral("askedText"));
    m_asked->setAccessibleText(tr("Your request in the common names"));
    m_asked->setPlaceholder(tr("Not kept for this exchange."));
    m_ui->askedCaption->setMinimumHeight(m_ui->kindBox->sizeHint().height()); // the three texts begin at one height
    m_ui->askedColumn->addWidget(m_asked, 1);
    m_asked->setSource([this] { return QByteArrayView(m_askedBytes); });
}

void RequestView::setUpChanges()
{
    makeCaption(m_ui->changesCaption);
    m_shownChanges->setSourceModel(m_changes);
    QTreeView *table = m_ui->changesTable;
    table->setModel(m_shownChanges);
    table->setItemDelegateForColumn(ChangeLogModel::KindColumn, new ChangeDelegate(this));
    table->header()->setSectionResizeMode(ChangeLogModel::KindColumn, QHeaderView::ResizeToContents);
    table->header()->setSectionResizeMode(ChangeLogModel::ChangeColumn, QHeaderView::Stretch);
    // A reason is a sentence: it is read below, not through a slit.
    table->hideColumn(ChangeLogModel::ReasonColumn);
    makeCaption(m_ui->reasonLabel);
    connect(m_ui->kindBox, &QComboBox::currentIndexChanged, this, &RequestView::showKind);
    connect(table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RequestView::showField);
}

void RequestView::setUpSent()
{
    makeCaption(m_ui->sentCaption);
    m_sent->setObjectName(QStringLiteral("requestText"));
    m_sent->setAccessibleText(tr("Request as sent"));
    m_ui->sentCaption->setMinimumHeight(m_ui->kindBox->sizeHint().height());
    m_ui->sentColumn->addWidget(m_sent, 1);
    m_sent->setSource([this] { return QByteArrayView(m_sentBytes); });
    connect(m_ui->prettyBox, &QCheckBox::toggled, this, [this] {
        showBytes();
        showField();
    });
}

void RequestView::setRequest(const WirePreview &request, const QJsonObject &commonRequest)
{
    // While an answer streams this is called ten times a second with the same request, which may carry images.
    if (m_isFilled && request == m_request && commonRequest == m_commonRequest)
        return;
    m_isFilled = true;
    const bool isSameBody = request.body == m_request.body;
    m_request = request;
    m_commonRequest = commonRequest;
    m_askedBytes = commonRequest.isEmpty() ? QByteArray() : requestText(commonRequest);
    m_changes->setChanges(request.changeLog);
    const int changed = m_changes->changedCount();
    m_ui->changesCaption->setText(
        changed == 0 ? tr("The adapter changed nothing") : tr("Changed by the adapter: %1").arg(changed));
    m_steps->setTabText(ChangesStep, changed == 0 ? tr("Changes") : tr("Changes (%1)").arg(changed));
    fillKinds();
    if (!isSameBody)
        m_sent->reveal({});
    m_asked->refresh();
    showBytes();
}

void RequestView::fillKinds()
{
    const QVariant before = m_ui->kindBox->currentData();
    const QSignalBlocker blocker(m_ui->kindBox);
    m_ui->kindBox->clear();
    m_ui->kindBox->addItem(tr("All"), allKinds);
    m_ui->kindBox->addItem(tr("Changed"), changedKinds);
    for (const Change::Kind kind : {Change::Kind::Sent, Change::Kind::Renamed, Change::Kind::Converted,
             Change::Kind::Dropped, Change::Kind::Added}) {
        if (const int count = m_changes->count(kind))
            m_ui->kindBox->addItem(tr("%1 (%2)").arg(changeKindName(kind)).arg(count), static_cast<int>(kind));
    }
    m_ui->kindBox->setCurrentIndex(qMax(m_ui->kindBox->findData(before), 0));
    showKind();
}

void RequestView::showKind()
{
    const int kind = m_ui->kindBox->currentData().toInt();
    if (kind == allKinds)
        m_shownChanges->show(ChangeFilter::Show::All);
    else if (kind == changedKinds)
        m_shownChanges->show(ChangeFilter::Show::Changed);
    else
        m_shownChanges->show(ChangeFilter::Show::OneKind, static_cast<Change::Kind>(kind));
}

void RequestView::showBytes()
{
    const bool isPretty = m_ui->prettyBox->isChecked();
    m_head = requestHead(m_request);
    m_sentBytes = m_head + (isPretty ? prettyJson(m_request.body).toUtf8() : m_request.body);
    m_ui->sentCaption->setText(isPretty  ? tr("Indented for reading, not as sent")
            : m_request.method.isEmpty() ? tr("Bytes sent")
                                         : tr("Bytes sent, verbatim: %1").arg(formatBytes(m_request.body.size())));
    m_sent->refresh();
}

ByteRange RequestView::wireRange(const QString &wire) const
{
    if (wire.startsWith(headerPrefix)) {
        const QByteArray start = '\n' + wire.mid(headerPrefix.size()).toLatin1().toLower() + ':';
        const qsizetype at = m_head.toLower().indexOf(start);
        return at < 0 ? ByteRange {} : ByteRange {.offset = at + 1, .size = m_head.indexOf('\n', at + 1) - at - 1};
    }
    ByteRange range = locateMember(QByteArrayView(m_sentBytes).sliced(m_head.size()), wire);
    range.offset += m_head.size();
    return range;
}

void RequestView::showField()
{
    const QModelIndex current = m_ui->changesTable->currentIndex();
    const QString field = current.data(ChangeLogModel::FieldRole).toString();
    const QString wire = current.data(ChangeLogModel::WireRole).toString();
    const QString reason = current.siblingAtColumn(ChangeLogModel::ReasonColumn).data().toString();
    m_ui->reasonLabel->setText(reason);
    m_ui->reasonLabel->setVisible(!reason.isEmpty());
    ByteRange asked = locateMember(m_askedBytes, field);
    if (asked.size == 0 && !field.isEmpty())
        asked = locateMember(m_askedBytes, u"extras." + field);
    m_asked->reveal(asked);
    m_sent->reveal(wire.isEmpty() ? ByteRange {} : wireRange(wire));
}

void RequestView::reveal(const WireMatch &match)
{
    showStep(SentStep);
    m_ui->prettyBox->setChecked(false); // matches count the bytes that were sent
    const bool isInBody = match.part == WireMatch::Part::RequestBody;
    m_sent->reveal({.offset = match.offset + (isInBody ? m_head.size() : 0), .size = match.size});
}

void RequestView::showStep(Step step)
{
    m_steps->setCurrentIndex(step);
}

void RequestView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void RequestView::arrange()
{
    const bool isWide = width() >= wideFrom;
    m_steps->setVisible(!isWide);
    const int step = m_steps->currentIndex();
    m_ui->askedPanel->setVisible(isWide || step == AskedStep);
    m_ui->changesPanel->setVisible(isWide || step == ChangesStep);
    m_ui->sentPanel->setVisible(isWide || step == SentStep);
    m_ui->askedCaption->setVisible(isWide); // the tab says it already
}

} // namespace diptych
