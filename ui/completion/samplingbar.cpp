// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/samplingbar.h"

#include "models/parameters.h"
#include "theme/theme.h"
#include "ui_samplingbar.h"

#include <QEvent>

#include <algorithm>

namespace diptych {

namespace {

constexpr int usualLogprobs = 5;
constexpr int cellWidth = 104;
constexpr int fewestColumns = 3;
const QLatin1String bestOf("best_of");
const QLatin1String afterCaret("after caret");

/// The specification of a field by its wire name; `logprobs` counts alternatives here, unlike in a chat.
ParameterSpec specOf(const QLineEdit *field)
{
    std::vector<ParameterSpec> specs = parameterSpecs();
    const QString name = field->accessibleName();
    const bool isLogprobs = name == QLatin1String("logprobs");
    const QString like = isLogprobs ? QStringLiteral("top_logprobs") : name == bestOf ? QStringLiteral("n") : name;
    const auto found =
        std::find_if(specs.begin(), specs.end(), [&like](const ParameterSpec &spec) { return spec.name == like; });
    ParameterSpec spec = *found;
    spec.name = name;
    if (isLogprobs) {
        spec.usualHigh = usualLogprobs;
        spec.hint = SamplingBar::tr("How many alternatives come with each token.");
    } else if (name == bestOf) {
        spec.hint = SamplingBar::tr("How many are written, of which the likeliest come back.");
    }
    return spec;
}

} // namespace

SamplingBar::SamplingBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SamplingBar>())
{
    m_ui->setupUi(this);
    m_cells = {{m_ui->temperatureCaption, m_ui->temperatureEdit, false}, {m_ui->topPCaption, m_ui->topPEdit, false},
        {m_ui->maxTokensCaption, m_ui->maxTokensEdit, false}, {m_ui->nCaption, m_ui->nEdit, false},
        {m_ui->stopCaption, m_ui->stopEdit, false}, {m_ui->seedCaption, m_ui->seedEdit, false},
        {m_ui->logprobsCaption, m_ui->logprobsEdit, false}, {m_ui->echoCaption, m_ui->echoBox, false},
        {m_ui->suffixCaption, m_ui->suffixBox, true}, {m_ui->bestOfCaption, m_ui->bestOfEdit, true},
        {m_ui->presenceCaption, m_ui->presenceEdit, true}, {m_ui->frequencyCaption, m_ui->frequencyEdit, true}};
    m_ui->echoBox->addItem(tr("not sent"), QVariant());
    m_ui->echoBox->addItem(QStringLiteral("true"), true);
    m_ui->echoBox->addItem(QStringLiteral("false"), false);
    m_ui->suffixBox->addItem(tr("not sent"), QVariant());
    m_ui->suffixBox->addItem(tr("after the caret"), afterCaret);
    m_ui->moreButton->setIcon(themeIcon(QStringLiteral("chevron-down")));
    m_ui->moreButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connectFields();
    arrange();
    check();
}

SamplingBar::~SamplingBar() = default;

void SamplingBar::connectFields()
{
    for (const Cell &cell : m_cells) {
        makeCaption(cell.caption);
        cell.field->setMinimumWidth(60);
        if (auto *field = qobject_cast<QLineEdit *>(cell.field)) {
            m_fields.push_back(field);
            field->setToolTip(specOf(field).hint);
            connect(field, &QLineEdit::textChanged, this, &SamplingBar::check);
            connect(field, &QLineEdit::textChanged, this, &SamplingBar::changed);
        } else if (auto *box = qobject_cast<QComboBox *>(cell.field)) {
            box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            connect(box, &QComboBox::currentIndexChanged, this, &SamplingBar::changed);
        }
    }
    connect(m_ui->moreButton, &QToolButton::toggled, this, [this](bool isOpen) {
        m_ui->moreButton->setText(isOpen ? tr("Less") : tr("More"));
        m_columns = 0;
        arrange();
    });
}

void SamplingBar::arrange()
{
    const int columns = qBound(fewestColumns, width() / cellWidth, static_cast<int>(m_cells.size()));
    if (columns == m_columns)
        return;
    m_columns = columns;
    // Rare fields show when they are asked for, when they hold something, or when all fit anyway.
    const bool showsAll = columns == static_cast<int>(m_cells.size());
    int shown = 0;
    for (const Cell &cell : m_cells) {
        m_ui->grid->removeWidget(cell.caption);
        m_ui->grid->removeWidget(cell.field);
        const bool isShown =
            !cell.isRare || showsAll || m_ui->moreButton->isChecked() || isSet(cell.field->accessibleName());
        cell.caption->setVisible(isShown);
        cell.field->setVisible(isShown);
        if (!isShown)
            continue;
        m_ui->grid->addWidget(cell.caption, 2 * (shown / columns), shown % columns);
        m_ui->grid->addWidget(cell.field, 2 * (shown / columns) + 1, shown % columns);
        ++shown;
    }
    for (int column = 0; column < static_cast<int>(m_cells.size()); ++column)
        m_ui->grid->setColumnStretch(column, column < columns ? 1 : 0);
    m_ui->moreButton->setVisible(!showsAll);
    m_ui->grid->removeWidget(m_ui->noticeLabel);
    m_ui->grid->addWidget(m_ui->noticeLabel, 2 * ((shown + columns - 1) / columns), 0, 1, columns);
}

QToolButton *SamplingBar::moreButton() const
{
    return m_ui->moreButton;
}

bool SamplingBar::apply(CompletionRequest &request) const
{
    RequestSettings settings;
    for (const QLineEdit *field : m_fields) {
        if (field->text().isEmpty())
            continue;
        const ParameterSpec spec = specOf(field);
        const auto value = parseParameter(spec, field->text());
        if (!value)
            return false;
        if (spec.name == bestOf)
            request.bestOf = value->toInt();
        else if (!spec.write(settings, *value))
            return false;
    }
    ::diptych::apply(settings, request);
    if (m_ui->echoBox->currentData().isValid())
        request.echo = m_ui->echoBox->currentData().toBool();
    return true;
}

bool SamplingBar::isValid() const
{
    CompletionRequest probe;
    return apply(probe);
}

bool SamplingBar::fillsGap() const
{
    return m_ui->suffixBox->currentData().isValid();
}

bool SamplingBar::isSet(const QString &parameter) const
{
    return setParameters().contains(parameter);
}

QStringList SamplingBar::setParameters() const
{
    return texts().keys();
}

void SamplingBar::unset(const QString &parameter)
{
    QJsonObject left = texts();
    left.remove(parameter);
    setTexts(left);
}

QJsonObject SamplingBar::texts() const
{
    QJsonObject texts;
    for (const Cell &cell : m_cells) {
        const QString name = cell.field->accessibleName();
        if (const auto *field = qobject_cast<QLineEdit *>(cell.field); field && !field->text().isEmpty())
            texts.insert(name, field->text());
        else if (const auto *box = qobject_cast<QComboBox *>(cell.field); box && box->currentData().isValid())
            texts.insert(name, box->currentData().toString());
    }
    return texts;
}

void SamplingBar::setTexts(const QJsonObject &texts)
{
    for (const Cell &cell : m_cells) {
        const QString text = texts[cell.field->accessibleName()].toString();
        if (auto *field = qobject_cast<QLineEdit *>(cell.field)) {
            field->setText(text);
        } else if (auto *box = qobject_cast<QComboBox *>(cell.field)) {
            int index = 0;
            for (int i = 1; !text.isEmpty() && i < box->count(); ++i) {
                if (box->itemData(i).toString() == text)
                    index = i;
            }
            box->setCurrentIndex(index);
        }
    }
    m_columns = 0; // rare fields that hold something now show
    arrange();
}

QString SamplingBar::remark(const QLineEdit *field, bool &isWrong) const
{
    isWrong = false;
    if (field->text().isEmpty())
        return {};
    const ParameterSpec spec = specOf(field);
    const auto value = parseParameter(spec, field->text());
    isWrong = !value;
    return value ? parameterWarning(spec, *value) : value.error().message;
}

void SamplingBar::check()
{
    const QPalette normal = QGuiApplication::palette();
    QStringList remarks;
    bool anyWrong = false;
    for (QLineEdit *field : m_fields) {
        bool isWrong = false;
        const QString text = remark(field, isWrong);
        QPalette toned = normal;
        if (!text.isEmpty()) {
            remarks.append(text);
            toned.setColor(QPalette::Text, themeColor(isWrong ? ThemeColor::Danger : ThemeColor::Warning, normal));
        }
        field->setPalette(toned);
        anyWrong = anyWrong || isWrong;
    }
    QPalette toned = normal;
    toned.setColor(QPalette::WindowText, themeColor(anyWrong ? ThemeColor::Danger : ThemeColor::Warning, normal));
    m_ui->noticeLabel->setPalette(toned);
    m_ui->noticeLabel->setText(remarks.join(u'\n'));
    m_ui->noticeLabel->setVisible(!remarks.isEmpty());
}

void SamplingBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        check();
}

void SamplingBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace diptych
