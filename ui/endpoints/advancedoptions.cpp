// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/advancedoptions.h"

#include "theme/theme.h"
#include "widgets/jsonedit.h"

#include "ui_advancedoptions.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStyledItemDelegate>

namespace diptych {

namespace {

constexpr int nameColumn = 0;
constexpr int valueColumn = 1;
constexpr int nameColumnWidth = 200;

/// Shows dots instead of the values of secret headers.
class HeaderDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const QByteArray name = index.siblingAtColumn(nameColumn).data().toString().toLatin1();
        if (index.column() == valueColumn && isSecretHeader(name) && !option->text.isEmpty())
            option->text = QString(8, u'•');
    }
};

std::chrono::milliseconds secondsOf(const QSpinBox &box)
{
    return std::chrono::seconds(box.value());
}

void showSeconds(QSpinBox &box, std::chrono::milliseconds time)
{
    box.setValue(int(std::chrono::ceil<std::chrono::seconds>(time).count()));
}

/// Header names and values that could break out of their line never get to the wire.
bool isGoodHeader(const HeaderField &header)
{
    static const QRegularExpression token(QStringLiteral("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"));
    return token.match(QString::fromLatin1(header.name)).hasMatch() && !header.value.contains('\n')
        && !header.value.contains('\r');
}

} // namespace

AdvancedOptions::AdvancedOptions(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::AdvancedOptions>())
{
    m_ui->setupUi(this);
    for (QLabel *caption : {m_ui->requestCaption, m_ui->adaptationHintLabel, m_ui->headersCaption, m_ui->proxyCaption,
             m_ui->tlsCaption, m_ui->timeCaption})
        makeCaption(caption);
    m_ui->adaptationBox->addItem(tr("Adapt"), int(Adaptation::Adapt));
    m_ui->adaptationBox->addItem(tr("Strict"), int(Adaptation::Strict));
    connect(m_ui->adaptationBox, &QComboBox::currentIndexChanged, this, &AdvancedOptions::explainAdaptation);
    connect(m_ui->extrasEdit, &JsonEdit::errorChanged, this, &AdvancedOptions::edited);
    connect(m_ui->extrasEdit, &JsonEdit::jsonEdited, this, &AdvancedOptions::edited);
    m_ui->extrasBox->addItem(tr("Pass through to the model"), int(ExtrasMode::PassThrough));
    m_ui->extrasBox->addItem(tr("Leave out"), int(ExtrasMode::Drop));
    m_ui->extrasBox->addItem(tr("Refuse the request"), int(ExtrasMode::Error));
    m_ui->proxyBox->addItem(tr("System"), int(ProxyOptions::Mode::System));
    m_ui->proxyBox->addItem(tr("None"), int(ProxyOptions::Mode::None));
    m_ui->proxyBox->addItem(tr("HTTP"), int(ProxyOptions::Mode::Http));
    m_ui->proxyBox->addItem(tr("SOCKS 5"), int(ProxyOptions::Mode::Socks5));
    connect(m_ui->proxyBox, &QComboBox::currentIndexChanged, this, &AdvancedOptions::updateProxy);
    for (QLineEdit *edit : {m_ui->proxyHostEdit, m_ui->caFileEdit, m_ui->certificateEdit, m_ui->keyFileEdit})
        connect(edit, &QLineEdit::textChanged, this, &AdvancedOptions::edited);
    setUpHeaders();
    setUpFiles();
    read({});
}

AdvancedOptions::~AdvancedOptions() = default;

void AdvancedOptions::explainAdaptation()
{
    const bool isStrict = m_ui->adaptationBox->currentData().toInt() == int(Adaptation::Strict);
    m_ui->adaptationHintLabel->setText(isStrict
            ? tr("A request with a parameter that this server's format does not have is refused and not sent.")
            : tr("Such a parameter is left out or sent in its nearest form, with a line in the change list."));
}

void AdvancedOptions::setUpHeaders()
{
    m_ui->headersTable->setItemDelegate(new HeaderDelegate(m_ui->headersTable));
    m_ui->headersTable->horizontalHeader()->setSectionResizeMode(valueColumn, QHeaderView::Stretch);
    m_ui->headersTable->setColumnWidth(nameColumn, nameColumnWidth);
    m_ui->headersTable->verticalHeader()->hide();
    m_ui->addHeaderButton->setIcon(themeIcon(QStringLiteral("add")));
    m_ui->removeHeaderButton->setIcon(themeIcon(QStringLiteral("trash")));
    connect(m_ui->addHeaderButton, &QToolButton::clicked, this, [this] {
        addHeaderRow({});
        m_ui->headersTable->setCurrentCell(m_ui->headersTable->rowCount() - 1, nameColumn);
        m_ui->headersTable->editItem(m_ui->headersTable->currentItem());
    });
    connect(m_ui->removeHeaderButton, &QToolButton::clicked, this, &AdvancedOptions::removeHeaderRows);
    connect(m_ui->headersTable, &QTableWidget::cellChanged, this, &AdvancedOptions::edited);
}

void AdvancedOptions::setUpFiles()
{
    const std::pair<QToolButton *, QLineEdit *> pairs[] {{m_ui->caFileButton, m_ui->caFileEdit},
        {m_ui->certificateButton, m_ui->certificateEdit}, {m_ui->keyFileButton, m_ui->keyFileEdit}};
    for (const auto &[button, edit] : pairs) {
        button->setIcon(themeIcon(QStringLiteral("folder")));
        connect(button, &QToolButton::clicked, this, [this, target = edit] {
            auto *dialog = new QFileDialog(this, tr("Choose a PEM file"), QFileInfo(target->text()).path());
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setFileMode(QFileDialog::ExistingFile);
            dialog->setNameFilters({tr("Certificates and keys (*.pem *.crt *.cer *.key)"), tr("All files (*)")});
            connect(dialog, &QFileDialog::fileSelected, target, &QLineEdit::setText);
            dialog->open();
        });
    }
}

void AdvancedOptions::read(const Endpoint &endpoint)
{
    const ConnectionOptions &connection = endpoint.connection;
    m_untouched = connection;
    m_ui->adaptationBox->setCurrentIndex(m_ui->adaptationBox->findData(int(endpoint.adaptation)));
    explainAdaptation();
    m_ui->extrasBox->setCurrentIndex(m_ui->extrasBox->findData(int(endpoint.extrasMode)));
    m_ui->extrasEdit->setJson(endpoint.extras);
    m_ui->headersTable->setRowCount(0);
    for (const HeaderField &header : endpoint.headers)
        addHeaderRow(header);
    m_ui->proxyBox->setCurrentIndex(m_ui->proxyBox->findData(int(connection.proxy.mode)));
    m_ui->proxyHostEdit->setText(connection.proxy.host);
    m_ui->proxyPortBox->setValue(connection.proxy.port);
    m_ui->proxyUserEdit->setText(connection.proxy.user);
    m_ui->proxyPasswordEdit->setText(QString::fromUtf8(connection.proxy.password.reveal()));
    m_ui->caFileEdit->setText(connection.tls.caFile);
    m_ui->certificateEdit->setText(connection.tls.clientCertificateFile);
    m_ui->keyFileEdit->setText(connection.tls.clientKeyFile);
    showSeconds(*m_ui->connectBox, connection.deadlines.connect);
    showSeconds(*m_ui->firstByteBox, connection.deadlines.firstByte);
    showSeconds(*m_ui->idleBox, connection.deadlines.idle);
    m_ui->retriesBox->setValue(connection.retry.maxRetries);
    updateProxy();
}

void AdvancedOptions::write(Endpoint &endpoint) const
{
    ConnectionOptions connection = m_untouched;
    endpoint.adaptation = Adaptation(m_ui->adaptationBox->currentData().toInt());
    endpoint.extrasMode = ExtrasMode(m_ui->extrasBox->currentData().toInt());
    endpoint.extras = m_ui->extrasEdit->json().value_or(QJsonObject()).toObject();
    endpoint.headers = headers();
    connection.proxy = {.mode = ProxyOptions::Mode(m_ui->proxyBox->currentData().toInt()),
        .host = m_ui->proxyHostEdit->text().trimmed(),
        .port = quint16(m_ui->proxyPortBox->value()),
        .user = m_ui->proxyUserEdit->text(),
        .password = Secret(m_ui->proxyPasswordEdit->text().toUtf8())};
    connection.tls = {.caFile = m_ui->caFileEdit->text().trimmed(),
        .clientCertificateFile = m_ui->certificateEdit->text().trimmed(),
        .clientKeyFile = m_ui->keyFileEdit->text().trimmed()};
    connection.deadlines = {.connect = secondsOf(*m_ui->connectBox),
        .firstByte = secondsOf(*m_ui->firstByteBox),
        .idle = secondsOf(*m_ui->idleBox)};
    connection.retry.maxRetries = m_ui->retriesBox->value();
    endpoint.connection = connection;
}

QString AdvancedOptions::problem() const
{
    if (const QString mistake = m_ui->extrasEdit->errorText(); !mistake.isEmpty())
        return tr("Extras: %1").arg(mistake);
    for (const HeaderField &header : headers()) {
        if (!isGoodHeader(header))
            return tr("\"%1\" is not a header: a name has letters, digits and - only.")
                .arg(QString::fromLatin1(header.name));
    }
    for (const QLineEdit *edit : {m_ui->caFileEdit, m_ui->certificateEdit, m_ui->keyFileEdit}) {
        const QString path = edit->text().trimmed();
        if (!path.isEmpty() && !QFileInfo(path).isReadable())
            return tr("%1 can not be read.").arg(path);
    }
    if (m_ui->certificateEdit->text().trimmed().isEmpty() != m_ui->keyFileEdit->text().trimmed().isEmpty())
        return tr("A client certificate and its key belong together.");
    if (m_ui->proxyHostEdit->isEnabled() && m_ui->proxyHostEdit->text().trimmed().isEmpty())
        return tr("Type the proxy's host.");
    return {};
}

void AdvancedOptions::addHeaderRow(const HeaderField &header)
{
    const int row = m_ui->headersTable->rowCount();
    m_ui->headersTable->insertRow(row);
    m_ui->headersTable->setItem(row, nameColumn, new QTableWidgetItem(QString::fromLatin1(header.name)));
    m_ui->headersTable->setItem(row, valueColumn, new QTableWidgetItem(QString::fromUtf8(header.value)));
}

void AdvancedOptions::removeHeaderRows()
{
    m_ui->headersTable->removeRow(m_ui->headersTable->currentRow());
    Q_EMIT edited();
}

HeaderList AdvancedOptions::headers() const
{
    HeaderList headers;
    for (int row = 0; row < m_ui->headersTable->rowCount(); ++row) {
        const QTableWidgetItem *name = m_ui->headersTable->item(row, nameColumn);
        const QTableWidgetItem *value = m_ui->headersTable->item(row, valueColumn);
        if (name && !name->text().trimmed().isEmpty())
            headers.push_back({name->text().trimmed().toLatin1(), value ? value->text().toUtf8() : QByteArray()});
    }
    return headers;
}

void AdvancedOptions::updateProxy()
{
    const auto mode = ProxyOptions::Mode(m_ui->proxyBox->currentData().toInt());
    const bool isOwn = mode == ProxyOptions::Mode::Http || mode == ProxyOptions::Mode::Socks5;
    for (QWidget *field : std::initializer_list<QWidget *> {
             m_ui->proxyHostEdit, m_ui->proxyPortBox, m_ui->proxyUserEdit, m_ui->proxyPasswordEdit})
        field->setEnabled(isOwn);
    Q_EMIT edited();
}

} // namespace diptych
