@{
    RootModule             = 'ApiTools.psm1'
    ModuleVersion          = '0.1.0'
    CompatiblePSEditions   = @('Core', 'Desktop')
    GUID                   = '6f0e6a55-6f0c-4d0e-9a53-3a4c1d0e7b52'
    Author                 = 'The ApiTools developers'
    CompanyName            = 'The ApiTools developers'
    Copyright              = '(c) The ApiTools developers. MIT licence.'
    Description            = 'A client for OpenAI-compatible chat APIs whose errors tell you what to run next: chats with retry and streaming, requests checked before they cost anything, token counts, and a simulator of every documented error.'

    # Windows PowerShell 5.1, and PowerShell 7.4 or later: ApiTools.psm1 says so to 7.0 to 7.3.
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'

    # A type's views are looked for in this order: its default is the first.
    FormatsToProcess       = @(
        'Formats/Chat.Format.ps1xml'
        'Formats/Errors.Format.ps1xml'
        'Formats/Jobs.Format.ps1xml'
        'Formats/Requests.Format.ps1xml'
        'Formats/Service.Format.ps1xml'
        'Formats/Simulator.Format.ps1xml'
        'Formats/Tokens.Format.ps1xml'
        'Formats/Tools.Format.ps1xml'
        'Formats/Wide.Format.ps1xml'
    )

    FunctionsToExport      = @()
    CmdletsToExport        = @(
        'Connect-ApiService'
        'ConvertFrom-ApiToken'
        'ConvertTo-ApiToken'
        'Disconnect-ApiService'
        'Export-ApiChatSession'
        'Export-ApiErrorReport'
        'Get-ApiConnection'
        'Get-ApiErrorCode'
        'Get-ApiJournal'
        'Get-ApiLog'
        'Get-ApiModel'
        'Get-ApiSimulatorRequest'
        'Get-ApiUsage'
        'Import-ApiChatSession'
        'Invoke-ApiChat'
        'Measure-ApiTokens'
        'Repair-ApiRequest'
        'Resolve-ApiError'
        'Start-ApiSimulator'
        'Stop-ApiSimulator'
        'Test-ApiRequest'
    )
    VariablesToExport      = @()
    AliasesToExport        = @('Measure-ApiToken')

    PrivateData            = @{
        PSData = @{
            Tags         = @('OpenAI', 'LLM', 'chat', 'API', 'GPT', 'tokens', 'retry', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The changes of each version stand in CHANGELOG.md of the repository.'
        }
    }
}
