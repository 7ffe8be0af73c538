// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/itemspanel.h"

#include "embeddings/modelchooser.h"
#include "embeddings/sampleitems.h"
#include "theme/theme.h"
#include "ui_itemspanel.h"

#include <QScopedValueRollback>
#include <QShortcut>
#include <QTextBlock>

namespace diptych {

ItemsPanel::ItemsPanel(Connections &connections, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ItemsPanel>())
{
    m_ui->setupUi(this);
    setUpModels(connections);
    setUpOptions();
    makeCaption(m_ui->itemsLabel);
    makeCaption(m_ui->statusLabel);
    auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, m_ui->embedButton, &QPushButton::click);
    connect(m_ui->sampleButton, &QToolButton::clicked, this, &ItemsPanel::loadSample);
    connect(m_ui->embedButton, &QPushButton::clicked, this,
        [this] { m_isRunning ? Q_EMIT stopRequested() : Q_EMIT embedRequested(); });
    connect(m_ui->itemsEdit, &QPlainTextEdit::textChanged, this, [this] {
        updateCount();
        Q_EMIT itemsChanged();
    });
    connect(m_ui->itemsEdit, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        if (!m_isMarking)
            Q_EMIT lineSelected(m_ui->itemsEdit->textCursor().blockNumber());
    });
    updateCount();
    showStatus({});
    showRunning(false);
}

ItemsPanel::~ItemsPanel() = default;

void ItemsPanel::setUpModels(Connections &connections)
{
    const std::array labels {m_ui->firstModelLabel, m_ui->secondModelLabel};
    const std::array names {tr("Model"), tr("Model to compare with")};
    for (std::size_t side = 0; side < m_choosers.size(); ++side) {
        m_choosers[side] = new ModelChooser(connections, side == 1, this);
        m_choosers[side]->setObjectName(side == 0 ? QStringLiteral("firstModel") : QStringLiteral("secondModel"));
        m_choosers[side]->setAccessibleName(names[side]);
        labels[side]->setBuddy(m_choosers[side]);
        m_ui->modelsForm->setWidget(static_cast<int>(side), QFormLayout::FieldRole, m_choosers[side]);
        connect(m_choosers[side], &QComboBox::currentIndexChanged, this, [this] {
            updateButton();
            Q_EMIT modelsChanged();
        });
    }
}

void ItemsPanel::setUpOptions()
{
    m_ui->formatCombo->addItem(tr("unset"));
    for (const EncodingFormat format : {EncodingFormat::Float, EncodingFormat::Base64, EncodingFormat::Int8,
             EncodingFormat::UInt8, EncodingFormat::Binary, EncodingFormat::UBinary})
        m_ui->formatCombo->addItem(encodingFormatName(format));
    m_ui->inputTypeCombo->addItem(tr("unset"));
    for (const EmbeddingInputType type :
        {EmbeddingInputType::Text, EmbeddingInputType::Query, EmbeddingInputType::Document})
        m_ui->inputTypeCombo->addItem(inputTypeName(type));
    m_ui->optionsButton->setIcon(themeIcon(QStringLiteral("chevron-right")));
    m_ui->optionsPanel->hide();
    connect(m_ui->optionsButton, &QToolButton::toggled, this, [this](bool isOpen) {
        m_ui->optionsPanel->setVisible(isOpen);
        m_ui->optionsButton->setIcon(
            themeIcon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    });
}

std::vector<EmbeddingItem> ItemsPanel::items() const
{
    return parseEmbeddingItems(m_ui->itemsEdit->toPlainText());
}

QString ItemsPanel::lineText(int line) const
{
    return m_ui->itemsEdit->document()->findBlockByNumber(line).text().trimmed();
}

void ItemsPanel::setText(const QString &text)
{
    m_ui->itemsEdit->setPlainText(text);
}

void ItemsPanel::loadSample()
{
    // Through a cursor, so that Ctrl+Z brings the items back that were there.
    QTextCursor cursor(m_ui->itemsEdit->document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(sampleItems());
    const QScopedValueRollback guard(m_isMarking, true);
    m_ui->itemsEdit->moveCursor(QTextCursor::Start);
}

ModelRef ItemsPanel::model(int side) const
{
    return m_choosers.at(static_cast<std::size_t>(side))->model();
}

bool ItemsPanel::chooseModel(int side, const ModelRef &ref)
{
    return m_choosers.at(static_cast<std::size_t>(side))->choose(ref);
}

EmbeddingRequest ItemsPanel::options() const
{
    EmbeddingRequest request;
    request.encodingFormat = encodingFormatFromName(m_ui->formatCombo->currentText());
    request.inputType = inputTypeFromName(m_ui->inputTypeCombo->currentText());
    if (m_ui->dimensionsSpin->value() > 0)
        request.dimensions = m_ui->dimensionsSpin->value();
    return request;
}

void ItemsPanel::showRunning(bool isRunning)
{
    m_isRunning = isRunning;
    m_ui->progressBar->setVisible(isRunning);
    m_ui->embedButton->setText(isRunning ? tr("Stop") : tr("Embed"));
    m_ui->embedButton->setIcon(themeIcon(isRunning ? QStringLiteral("stop") : QStringLiteral("play")));
    updateButton();
}

void ItemsPanel::updateButton()
{
    m_ui->embedButton->setEnabled(m_isRunning || model(0).isValid());
}

void ItemsPanel::showProgress(int done, int total)
{
    m_ui->progressBar->setMaximum(total);
    m_ui->progressBar->setValue(done);
}

void ItemsPanel::showStatus(const QString &text)
{
    m_ui->statusLabel->setText(text);
    m_ui->statusLabel->setVisible(!text.isEmpty());
}

void ItemsPanel::updateCount()
{
    const auto count = static_cast<int>(items().size());
    m_ui->itemsLabel->setText(count == 0 ? tr("Items") : tr("Items: %1").arg(locale().toString(count)));
}

void ItemsPanel::markLine(int line)
{
    m_markedLine = line;
    const QScopedValueRollback guard(m_isMarking, true);
    const QTextBlock block = m_ui->itemsEdit->document()->findBlockByNumber(line);
    if (line >= 0 && block.isValid() && m_ui->itemsEdit->textCursor().blockNumber() != line) {
        m_ui->itemsEdit->setTextCursor(QTextCursor(block));
        m_ui->itemsEdit->ensureCursorVisible();
    }
    paintMark();
}

void ItemsPanel::paintMark()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QTextBlock block = m_ui->itemsEdit->document()->findBlockByNumber(m_markedLine);
    if (m_markedLine >= 0 && block.isValid()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setBackground(themeColor(ThemeColor::AccentSoft, palette()));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    m_ui->itemsEdit->setExtraSelections(marks);
}

void ItemsPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintMark();
}

} // namespace diptych
