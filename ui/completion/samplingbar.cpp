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

/// The specification of a field by its wire name; `logprobs` counts alternatives here, unlike in a chat.
ParameterSpec specOf(const QLineEdit *field)
{
    std::vector<ParameterSpec> specs = parameterSpecs();
    const QString name = field->accessibleName();
    const bool isLogprobs = name == QLatin1String("logprobs");
    const auto found = std::find_if(specs.begin(), specs.end(),
        [&](const ParameterSpec &spec) { return spec.name == (isLogprobs ? QStringLiteral("top_logprobs") : name); });
    ParameterSpec spec = *found;
    if (isLogprobs) {
        spec.name = name;
        spec.usualHigh = usualLogprobs;
        spec.hint = SamplingBar::tr("How many alternatives come with each token.");
    }
    return spec;
}

} // namespace

SamplingBar::SamplingBar(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::SamplingBar>())
{
    m_ui->setupUi(this);
    m_fields = {m_ui->temperatureEdit, m_ui->topPEdit, m_ui->maxTokensEdit, m_ui->seedEdit, m_ui->nEdit, m_ui->stopEdit,
        m_ui->logprobsEdit};
    for (QLineEdit *field : m_fields) {
        field->setToolTip(specOf(field).hint);
        field->setMinimumWidth(60);
        connect(field, &QLineEdit::textChanged, this, &SamplingBar::check);
    }
    for (QLabel *caption : {m_ui->temperatureCaption, m_ui->topPCaption, m_ui->maxTokensCaption, m_ui->seedCaption,
             m_ui->nCaption, m_ui->stopCaption, m_ui->logprobsCaption, m_ui->echoCaption})
        makeCaption(caption);
    m_ui->echoBox->addItem(tr("not sent"), QVariant());
    m_ui->echoBox->addItem(QStringLiteral("true"), true);
    m_ui->echoBox->addItem(QStringLiteral("false"), false);
    check();
}

SamplingBar::~SamplingBar() = default;

bool SamplingBar::apply(CompletionRequest &request) const
{
    RequestSettings settings;
    for (const QLineEdit *field : m_fields) {
        if (field->text().isEmpty())
            continue;
        const ParameterSpec spec = specOf(field);
        const auto value = parseParameter(spec, field->text());
        if (!value || !spec.write(settings, *value))
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

bool SamplingBar::isSet(const QString &parameter) const
{
    if (parameter == m_ui->echoBox->accessibleName())
        return m_ui->echoBox->currentData().isValid();
    return std::any_of(m_fields.begin(), m_fields.end(), [&parameter](const QLineEdit *field) {
        return field->accessibleName() == parameter && !field->text().isEmpty();
    });
}

void SamplingBar::unset(const QString &parameter)
{
    if (parameter == m_ui->echoBox->accessibleName())
        m_ui->echoBox->setCurrentIndex(0);
    for (QLineEdit *field : m_fields) {
        if (field->accessibleName() == parameter)
            field->clear();
    }
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

} // namespace diptych
